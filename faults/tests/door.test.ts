import { describe, expect, it } from 'vitest';
import { createTestDatabase, describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import type { Dialect } from '@onfile/dev-env/test-database.ts';
import { violationsInWords } from '../src/door/in-words.ts';
import { plantNames, plants } from '../src/door/plants.ts';
import type { PlantName } from '../src/door/plants.ts';
import { runStory } from '../src/door/run-story.ts';
import { storyOf } from '../src/door/steps.ts';

async function run(seed: number, dialect: Dialect, plant?: PlantName): Promise<string[]> {
  const story = storyOf(seed);
  const database = await createTestDatabase(dialect);
  const told = await runStory(story, { database, plant: plant && plants[plant] });
  return violationsInWords(seed, story, told);
}

describeOnBothDatabases(
  'whatever happens, nobody pays twice and nothing is forgotten',
  (dialect) => {
    it.concurrent.each([2, 3, 5, 8, 13, 21, 34])('in the story of seed %i', async (seed) => {
      expect(await run(seed, dialect)).toEqual([]);
    });
  },
);

/** Stories in which the fault shows; each without it is told above, or by the command. */
const showsIn: Record<PlantName, { seed: number; violation: RegExp }> = {
  'double-create': { seed: 22, violation: /was taken 2 times/ },
  'skip-door': { seed: 4, violation: /received 0 here, 4500 at Stripe/ },
  'lost-outbox': { seed: 24, violation: /no mail tells of payment_charged/ },
};

describe('a fault that Onfile has on purpose is found', () => {
  it.concurrent.each(plantNames)('%s', async (plant) => {
    const { seed, violation } = showsIn[plant];
    expect(await run(seed, 'sqlite')).toEqual([]);
    expect((await run(seed, 'sqlite', plant)).join('\n')).toMatch(violation);
  });
});

it('a story is told again by its seed, and differs from others', () => {
  expect(storyOf(7)).toEqual(storyOf(7));
  expect(storyOf(8)).not.toEqual(storyOf(7));
});
