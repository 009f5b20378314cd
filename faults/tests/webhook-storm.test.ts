import { describe, expect, it } from 'vitest';
import { webhookStorm } from '../src/webhook-storm/webhook-storm.ts';

const events = 100;
const quietly = () => undefined;
/** Processes that are killed are started again, each time. */
const patience = { timeout: 180_000 };

describe('a storm of events, with processes killed and the database torn away', () => {
  it.each(['sqlite', 'postgres'] as const)(
    'leaves nothing undone on %s',
    patience,
    async (database) => {
      const report = await webhookStorm({ events, seed: 11, database }, quietly);
      expect(report.violations).toEqual([]);
      expect(report.events).toBeGreaterThan(50);
      expect(Math.min(report.storefronts, report.workers, report.databases)).toBeGreaterThan(0);
    },
  );

  it('leaves behind what nobody reads from Stripe’s list', patience, async () => {
    const broken = { events, seed: 11, database: 'sqlite', plant: 'no-back-fill' } as const;
    const { violations } = await webhookStorm(broken, quietly);
    expect(violations.join('\n')).toMatch(/never came/);
  });
});
