import { InvalidArgumentError } from 'commander';
import { isRangeEnd } from '@onfile/payments/privacy/export-range.ts';

/** A day or a moment, as an option gives it. */
export function readMoment(text: string): string {
  if (isRangeEnd(text)) return text;
  throw new InvalidArgumentError('It must be a day such as 2026-11-26, or a moment with its zone.');
}
