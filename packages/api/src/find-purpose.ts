import { purposes } from '@onfile/payments/agreements/purposes.ts';
import type { Purpose } from '@onfile/payments/agreements/purposes.ts';

/** The purpose of an agreement that a link names; undefined for anything else. */
export function findPurpose(text: string): Purpose | undefined {
  return purposes.find((known) => known === text);
}
