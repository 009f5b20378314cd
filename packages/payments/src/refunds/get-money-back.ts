import type { Db, Row } from '@onfile/db/database.ts';
import { listDisputesOf } from '@onfile/db/tables/disputes.ts';
import { listRefunds } from '@onfile/db/tables/refunds.ts';
import { leftToRefund } from './begin-refund.ts';

/** What was given back of a payment or is being taken back, and what is left of it. */
export async function getMoneyBack(
  db: Db,
  payment: Row<'payments'>,
): Promise<{
  /** Oldest first. */
  refunds: Row<'refunds'>[];
  /** What may still be given back, in minor units. */
  leftMinor: number;
  disputes: Row<'disputes'>[];
}> {
  return {
    refunds: await listRefunds(db, [payment.id]),
    leftMinor: await leftToRefund(db, payment),
    disputes: await listDisputesOf(db, payment.id),
  };
}
