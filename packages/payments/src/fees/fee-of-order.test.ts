import { fromAbsolute, parseAbsolute, toCalendarDateTime } from '@internationalized/date';
import { expect, it } from 'vitest';
import { costOfCanceling, feeOfReservation } from './fee-of-order.ts';

const at = (moment: string) => parseAbsolute(moment, 'UTC').toDate().getTime();

function fee(given: {
  totalMinor?: number;
  currency?: string;
  percent?: number;
  eventAt?: string;
}) {
  const { totalMinor = 9_000, currency = 'usd', percent = 50 } = given;
  return feeOfReservation({
    plan: JSON.stringify({ kind: 'card_kept', feePercent: percent, freeCancellationHours: 48 }),
    totalMinor,
    currency,
    eventAt: at(given.eventAt ?? '2027-06-30T12:00:00Z'),
  });
}

it.each([
  ['usd', 9_001, 50, 4_501],
  ['jpy', 5_401, 50, 2_701],
  ['kwd', 9_990, 50, 5_000],
  ['huf', 123_451, 50, 61_726],
  ['ugx', 12_345, 50, 6_200],
  ['isk', 12_345, 50, 6_200],
  ['usd', 60, 50, 0],
  ['usd', 9_000, 0, 0],
])(
  'of %s %i, %i %% is %i, in what the currency is charged in',
  (currency, totalMinor, percent, amountMinor) => {
    expect(fee({ currency, totalMinor, percent })?.amountMinor).toBe(amountMinor);
  },
);

it('is nothing up to the border, and all of it from the next moment on', () => {
  const known = fee({});
  if (!known) throw new Error('no fee');
  expect(costOfCanceling(known, known.freeUntil - 1)).toBe(0);
  expect(costOfCanceling(known, known.freeUntil)).toBe(0);
  expect(costOfCanceling(known, known.freeUntil + 1)).toBe(4_500);
  expect(costOfCanceling(known, at('2027-06-30T11:59:00Z'))).toBe(4_500);
});

it.each([
  // The clocks in Berlin go forward on 28 March and back on 31 October 2027.
  ['2027-03-29T10:00:00Z', '2027-03-27T11:00', 'forward'],
  ['2027-11-01T11:00:00Z', '2027-10-30T13:00', 'back'],
  ['2027-03-01T11:00:00Z', '2027-02-27T12:00', 'not at all, at a month end'],
])('48 hours before %s is %s on the wall when the clocks go %s', (eventAt, wall) => {
  const freeUntil = fee({ eventAt })?.freeUntil ?? 0;
  const local = toCalendarDateTime(fromAbsolute(freeUntil, 'Europe/Berlin')).toString();
  expect(local.slice(0, 16)).toBe(wall);
});

it('belongs to plans that keep a card, and to a day', () => {
  const order = { totalMinor: 9_000, currency: 'usd', eventAt: at('2027-06-30T12:00:00Z') };
  expect(feeOfReservation({ ...order, plan: JSON.stringify({ kind: 'full' }) })).toBeNull();
  const plan = JSON.stringify({ kind: 'card_kept', feePercent: 50, freeCancellationHours: 48 });
  expect(feeOfReservation({ ...order, plan, eventAt: null })).toBeNull();
});
