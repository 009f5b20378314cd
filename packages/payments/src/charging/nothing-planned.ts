import type { Row } from '@onfile/db/database.ts';

type Planned = Pick<
  Row<'payments'>,
  | 'nextStep'
  | 'nextStepReason'
  | 'chargeAt'
  | 'triesMade'
  | 'triesAllowed'
  | 'pausedAt'
  | 'shopperStepAt'
  | 'captureBefore'
  | 'holdEnd'
  | 'leasedUntil'
  | 'leaseHolder'
>;

/** A payment of which nothing is planned yet: its own attempt is about to be written. */
export const nothingPlanned: Planned = {
  nextStep: null,
  nextStepReason: null,
  chargeAt: null,
  triesMade: null,
  triesAllowed: null,
  pausedAt: null,
  shopperStepAt: null,
  captureBefore: null,
  holdEnd: null,
  leasedUntil: null,
  leaseHolder: null,
};
