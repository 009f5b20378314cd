import type { HoldEnd } from '@onfile/db/payments.ts';

/** What can be chosen for the end of a hold. */
export const holdEnds = ['release', 'capture', 'renew'] as const satisfies HoldEnd[];
