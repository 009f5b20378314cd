import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bucket, Lane } from './pacing.ts';
import { emptied, endpointOf, turnIn } from './pacing.ts';

const empty: Bucket = { key: 'account', second: 0, taken: 0, nextAt: 0 };

/** Lets calls ask one after the other, each as often as it is told to. @returns when each went */
function run(limit: number, calls: { lane: Lane; at: number }[]): { lane: Lane; at: number }[] {
  let bucket = empty;
  let clock = 0;
  return calls.map(({ lane, at }) => {
    clock = Math.max(clock, at);
    for (;;) {
      const turn = turnIn(bucket, limit, { lane, now: clock });
      if (turn.isFree) {
        bucket = turn.after;
        return { lane, at: clock };
      }
      expect(turn.askAt).toBeGreaterThan(clock);
      clock = turn.askAt;
    }
  });
}

function perSecond(went: { at: number }[]): number[] {
  const counts = new Map<number, number>();
  for (const { at } of went) {
    const second = Math.floor(at / 1_000);
    counts.set(second, (counts.get(second) ?? 0) + 1);
  }
  return [...counts.values()];
}

const call = fc.record({
  lane: fc.constantFrom<Lane>('present', 'background'),
  at: fc.integer({ min: 1_000, max: 6_000 }),
});

describe('pacing', () => {
  it('never lets more through in a second than Stripe takes, whoever asks and whenever', () => {
    fc.assert(
      fc.property(
        fc.array(call, { maxLength: 200 }),
        fc.constantFrom(20, 25, 100),
        (calls, limit) => {
          const inOrder = [...calls].sort((a, b) => a.at - b.at);
          const went = run(limit, inOrder);
          expect(Math.max(0, ...perSecond(went))).toBeLessThanOrEqual(limit);
          const background = went.filter(({ lane }) => lane === 'background');
          expect(Math.max(0, ...perSecond(background))).toBeLessThan(limit);
        },
      ),
    );
  });

  it('uses 24 of 25 while only workers ask, none of them late in a second', () => {
    const calls = Array.from({ length: 240 }, () => ({ lane: 'background' as const, at: 1_000 }));
    const went = run(25, calls);
    expect(perSecond(went)).toEqual(Array.from({ length: 10 }, () => 24));
    expect(Math.max(...went.map(({ at }) => at % 1_000))).toBeLessThan(900);
  });

  it('lets a shopper go at once while workers wait for their turn', () => {
    const first = turnIn(empty, 25, { lane: 'background', now: 5_000 });
    if (!first.isFree) throw new Error('an empty bucket is not free');
    expect(turnIn(first.after, 25, { lane: 'background', now: 5_001 })).toMatchObject({
      isFree: false,
      askAt: 5_034,
    });
    expect(turnIn(first.after, 25, { lane: 'present', now: 5_001 })).toMatchObject({
      isFree: true,
    });
  });

  it('leaves the last one of a second to shoppers', () => {
    const bucket = { ...empty, second: 5, taken: 24, nextAt: 5_000 };
    expect(turnIn(bucket, 25, { lane: 'background', now: 5_900 })).toMatchObject({
      isFree: false,
      askAt: 6_000,
    });
    expect(turnIn(bucket, 25, { lane: 'present', now: 5_900 }).isFree).toBe(true);
  });

  it('waits for the next second when Stripe has counted more than we have', () => {
    const bucket = emptied({ ...empty, second: 5, taken: 3, nextAt: 5_100 }, 25, 5_200);
    expect(turnIn(bucket, 25, { lane: 'present', now: 5_300 })).toMatchObject({ askAt: 6_000 });
  });

  it('does not count a second twice when another process’s clock is ahead', () => {
    const bucket = { ...empty, second: 6, taken: 25, nextAt: 5_000 };
    expect(turnIn(bucket, 25, { lane: 'present', now: 5_990 })).toMatchObject({ askAt: 7_000 });
  });

  it.each([
    ['POST', '/v1/payment_intents', 'POST /v1/payment_intents'],
    ['POST', '/v1/payment_intents/pi_3NxTest4e/confirm', 'POST /v1/payment_intents/:id/confirm'],
    ['GET', '/v1/events?limit=100', 'GET /v1/events'],
    ['GET', '/v1/checkout/sessions/cs_test_a1B2', 'GET /v1/checkout/sessions/:id'],
    ['POST', '/v2/core/accounts/acct_1NxQ', 'POST /v2/core/accounts/:id'],
    ['POST', '/v1/customer_sessions', 'POST /v1/customer_sessions'],
  ])('counts %s %s under its endpoint', (method, path, endpoint) => {
    expect(endpointOf(method, path)).toBe(endpoint);
  });
});
