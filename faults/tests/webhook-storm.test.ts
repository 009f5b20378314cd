import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '@onfile/dev-env/test-database.ts';
import type { Dialect } from '@onfile/dev-env/test-database.ts';
import { actsOf } from '../src/webhook-storm/acts.ts';
import { blowsOf } from '../src/webhook-storm/blows.ts';
import type { StormPlantName } from '../src/webhook-storm/plants.ts';
import { weather } from '../src/webhook-storm/webhook-storm.ts';
import type { Weathered } from '../src/webhook-storm/webhook-storm.ts';

const timeoutMs = 120_000;

async function storm(
  dialect: Dialect,
  given: { events: number; seed: number; plant?: StormPlantName[] },
): Promise<Weathered> {
  if (dialect === 'sqlite') return weather({ ...given, databaseUrl: undefined }, () => undefined);
  const database = await createTestDatabase('postgres');
  if (database.location.kind !== 'postgres') throw new Error('Not a PostgreSQL database');
  try {
    return await weather({ ...given, databaseUrl: database.location.url }, () => undefined);
  } finally {
    await database.remove();
  }
}

describe('what arrives twice and shuffled is handled once, whatever dies meanwhile', () => {
  it.concurrent.each<Dialect>(['sqlite', 'postgres'])(
    'on %s',
    { timeout: timeoutMs },
    async (dialect) => {
      const { violations, events, kills, dropped, backFilled } = await storm(dialect, {
        events: 150,
        seed: 3,
      });
      expect(violations).toEqual([]);
      expect(events).toBeGreaterThanOrEqual(150);
      expect(Object.values(kills).every((count) => count > 0)).toBe(true);
      expect(backFilled).toBeGreaterThanOrEqual(dropped);
    },
  );
});

/**
 * What is said of each fault when it is there. Not of those that a storm as short as this may miss: a lease that is
 * forgotten (no worker dies with one in hand), refunds that nobody handles (there are none yet).
 */
const saidOf: Partial<Record<StormPlantName, RegExp>> = {
  'lost-inbox': /was acknowledged and not stored/,
  'no-back-fill': /\) never came/,
};

it.concurrent('faults that Onfile has on purpose are found', { timeout: timeoutMs }, async () => {
  const plant = Object.keys(saidOf) as StormPlantName[];
  const { violations } = await storm('sqlite', { events: 120, seed: 5, plant });
  const said = violations.join('\n');
  for (const wanted of Object.values(saidOf)) expect(said).toMatch(wanted);
});

it('the same seed gives the same acts and blows', () => {
  expect(actsOf(7, 50)).toEqual(actsOf(7, 50));
  expect(actsOf(8, 50)).not.toEqual(actsOf(7, 50));
  expect(blowsOf(7, 1_000)).toEqual(blowsOf(7, 1_000));
});
