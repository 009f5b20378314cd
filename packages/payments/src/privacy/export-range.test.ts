import { expect, it } from 'vitest';
import { exportRange, isRangeEnd } from './export-range.ts';

it('counts days by the shop’s calendar, the last one included', () => {
  expect(exportRange({ from: '2026-10-25', to: '2026-10-25' }, 'Europe/Berlin')).toEqual({
    from: Date.parse('2026-10-24T22:00:00Z'),
    // The day on which the clocks go back has 25 hours.
    to: Date.parse('2026-10-25T23:00:00Z'),
  });
});

it('takes moments as they are, and without ends everything', () => {
  const moment = '2026-11-26T10:00:00+01:00';
  expect(exportRange({ from: moment, to: moment }, 'UTC')).toEqual({
    from: Date.parse('2026-11-26T09:00:00Z'),
    to: Date.parse('2026-11-26T09:00:00Z'),
  });
  expect(exportRange({}, 'UTC').to).toBeGreaterThan(Date.parse('9999-12-31T00:00:00Z'));
});

it.each(['yesterday', '2026-02-30', '2026-1-1', '2026-01-01T10:00', '1767225600000', ''])(
  'does not take %j for an end',
  (text) => {
    expect(isRangeEnd(text)).toBe(false);
  },
);
