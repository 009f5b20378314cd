import { expect, it } from 'vitest';
import { timeLeft } from './hold-time-left.ts';

const hourMs = 3_600_000;

it.each([
  [-1, 'its time is over'],
  [30_000, '1 min left'],
  [59 * 60_000, '59 min left'],
  [hourMs, '1 h left'],
  [47 * hourMs, '47 h left'],
  [4 * 24 * hourMs + 18 * hourMs, '4 days and 18 h left'],
])('%i ms are “%s”', (ms, text) => {
  expect(timeLeft(ms)).toBe(text);
});
