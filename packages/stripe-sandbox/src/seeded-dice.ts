import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Gives the next number of a repeatable sequence: 0 or more, below 1. */
export type Dice = () => number;

/** Dice that fall the same way every time for the same seed. */
export function createDice(seed: number): Dice {
  const generator = xoroshiro128plus(seed);
  // Seeds that lie side by side begin alike; a few throws later they do not.
  for (let thrown = 0; thrown < 20; thrown += 1) generator.next();
  return () => uniformFloat64(generator);
}
