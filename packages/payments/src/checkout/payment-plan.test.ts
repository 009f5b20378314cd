import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyCodes, getCurrency } from '../money.ts';
import { needsMethodLater, planPayments, shareOf } from './payment-plan.ts';
import type { Planned } from './payment-plan.ts';

const deposit = { kind: 'deposit', depositPercent: 30, balanceDaysBefore: 14 } as const;

function order(changed: Partial<Planned> = {}): Planned {
  return {
    totalMinor: 9_999,
    currency: 'usd',
    eventAt: Date.parse('2027-06-30T14:00:00Z'),
    now: Date.parse('2027-03-01T12:00:00Z'),
    timeZone: 'Europe/Berlin',
    ...changed,
  };
}

const dueText = (plan: Parameters<typeof planPayments>[0], changed: Partial<Planned>) =>
  planPayments(plan, order(changed)).map(({ dueAt }) =>
    dueAt === 'now' ? 'now' : new Date(dueAt).toISOString(),
  );

describe('a payment plan', () => {
  it('asks for the deposit now and the balance fourteen days before, at nine in the shop', () => {
    expect(planPayments(deposit, order())).toEqual([
      { kind: 'deposit', amountMinor: 3_000, dueAt: 'now' },
      { kind: 'balance', amountMinor: 6_999, dueAt: Date.parse('2027-06-16T07:00:00Z') },
    ]);
  });

  it.each([
    ['over a change of the clocks', '2027-04-05T08:00:00Z', '2027-03-22T08:00:00.000Z'],
    ['back over the end of February', '2027-03-14T12:00:00Z', '2027-02-28T08:00:00.000Z'],
    ['over a leap day', '2028-03-14T12:00:00Z', '2028-02-29T08:00:00.000Z'],
    [
      'for an event late at night, by the shop’s day',
      '2027-06-29T22:30:00Z',
      '2027-06-16T07:00:00.000Z',
    ],
  ])('counts calendar days %s', (_, eventAt, due) => {
    const now = Date.parse('2027-01-01T00:00:00Z');
    expect(dueText(deposit, { eventAt: Date.parse(eventAt), now })[1]).toBe(due);
  });

  it('is one payment now when the balance would be due already', () => {
    const now = Date.parse('2027-06-20T00:00:00Z');
    expect(planPayments(deposit, order({ now }))).toEqual([
      { kind: 'full', amountMinor: 9_999, dueAt: 'now' },
    ]);
  });

  it('is one payment now when a part would be too small to charge', () => {
    expect(planPayments(deposit, order({ totalMinor: 120 }))).toEqual([
      { kind: 'full', amountMinor: 120, dueAt: 'now' },
    ]);
  });

  it('knows for which plans a method must be kept', () => {
    const kept = { kind: 'card_kept', feePercent: 50, freeCancellationHours: 48 } as const;
    expect(planPayments(kept, order())).toEqual([]);
    expect(needsMethodLater(kept, order())).toBe(true);
    expect(needsMethodLater(deposit, order())).toBe(true);
    expect(needsMethodLater({ kind: 'full' }, order())).toBe(false);
    expect(needsMethodLater({ kind: 'check_stock' }, order())).toBe(false);
  });

  it('holds on the day before, and at once when that has passed', () => {
    const hold = { kind: 'hold', daysBefore: 1 } as const;
    expect(dueText(hold, {})).toEqual(['2027-06-29T07:00:00.000Z']);
    expect(dueText(hold, { now: Date.parse('2027-06-30T00:00:00Z') })).toEqual(['now']);
  });

  it('loses no minor unit, in any currency, at any share', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...currencyCodes()),
        fc.integer({ min: 1, max: 99_999 }),
        fc.integer({ min: 1, max: 99 }),
        (currency, steps, depositPercent) => {
          const { stepMinor } = getCurrency(currency);
          const totalMinor = steps * stepMinor;
          const planned = planPayments(
            { ...deposit, depositPercent },
            order({ currency, totalMinor }),
          );
          const sum = planned.reduce((total, { amountMinor }) => total + amountMinor, 0);
          expect(sum).toBe(totalMinor);
          for (const { amountMinor } of planned) {
            expect(amountMinor).toBeGreaterThan(0);
            expect(amountMinor % stepMinor).toBe(0);
          }
        },
      ),
    );
  });

  it('rounds half up to what the currency is charged in', () => {
    expect(shareOf(105, 50, 'usd')).toBe(53);
    expect(shareOf(1_001, 50, 'jpy')).toBe(501);
    expect(shareOf(1_050, 50, 'kwd')).toBe(530);
    expect(shareOf(1_100, 50, 'isk')).toBe(600);
  });
});
