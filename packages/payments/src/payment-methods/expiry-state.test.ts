import { expect, it } from 'vitest';
import { expiresBefore, expiryState, isStillGood } from './expiry-state.ts';

const at = (text: string) => Date.parse(text);
const card = { expMonth: 2, expYear: 2028, bankUpdatedAt: null };

it.each([
  ['2028-02-29T23:59:59Z', 'UTC', 'expiring'],
  ['2028-03-01T00:00:00Z', 'UTC', 'expired'],
  // The same instant is already March in Berlin and still February in New York.
  ['2028-02-29T23:30:00Z', 'Europe/Berlin', 'expired'],
  ['2028-03-01T04:30:00Z', 'America/New_York', 'expiring'],
  // 60 days before 1 March of a leap year is 1 January; the day before that says nothing yet.
  ['2028-01-01T00:00:00Z', 'UTC', 'expiring'],
  ['2027-12-31T23:59:59Z', 'UTC', 'good'],
] as const)('a card of February 2028 at %s in %s is %s', (now, timeZone, state) => {
  expect(expiryState(card, at(now), timeZone)).toBe(state);
});

it.each([
  [12, 2027, '2027-12-31T23:59:59Z', 'expiring'],
  [12, 2027, '2028-01-01T00:00:00Z', 'expired'],
  [4, 2027, '2027-04-30T23:59:59Z', 'expiring'],
  [4, 2027, '2027-05-01T00:00:00Z', 'expired'],
] as const)('a card of %i/%i ends with its month: at %s it is %s', (month, year, now, state) => {
  const method = { expMonth: month, expYear: year, bankUpdatedAt: null };
  expect(expiryState(method, at(now), 'UTC')).toBe(state);
});

it('says for 60 days that the bank has updated it, unless it expires again', () => {
  const updated = { ...card, bankUpdatedAt: at('2027-06-01T00:00:00Z') };
  expect(expiryState(updated, at('2027-06-02T00:00:00Z'), 'UTC')).toBe('updated');
  expect(expiryState(updated, at('2027-07-31T00:00:00Z'), 'UTC')).toBe('good');
  const again = { ...card, bankUpdatedAt: at('2028-01-31T00:00:00Z') };
  expect(expiryState(again, at('2028-02-01T00:00:00Z'), 'UTC')).toBe('expiring');
});

it('has nothing to say of what does not expire', () => {
  const account = { expMonth: null, expYear: null, bankUpdatedAt: null };
  expect(expiryState(account, at('2028-02-01T00:00:00Z'), 'UTC')).toBe('none');
  expect(expiresBefore(account, at('2099-01-01T00:00:00Z'), 'UTC')).toBe(false);
});

it('knows the payments that fall due when it can no longer be charged', () => {
  expect(expiresBefore(card, at('2028-02-29T12:00:00Z'), 'UTC')).toBe(false);
  expect(expiresBefore(card, at('2028-03-01T12:00:00Z'), 'UTC')).toBe(true);
});

it('lets a shopper enter this month, not the one before', () => {
  const now = at('2028-02-29T12:00:00Z');
  expect(isStillGood({ month: 2, year: 2028 }, now, 'UTC')).toBe(true);
  expect(isStillGood({ month: 1, year: 2028 }, now, 'UTC')).toBe(false);
});
