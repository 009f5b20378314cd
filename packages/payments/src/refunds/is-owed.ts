import type { Row } from '@onfile/db/database.ts';

type Refund = Pick<Row<'refunds'>, 'id' | 'status' | 'settledOtherwiseAt' | 'replacesRefundId'>;

/**
 * Whether the amount of a refund is money that the shop still owes the shopper: it failed, nobody has
 * given it back in another way, and no other refund has taken its place. One that did and failed in
 * its turn is owed itself.
 * @param all every refund of the payment
 */
export function isOwed(refund: Refund, all: Refund[]): boolean {
  if (refund.status !== 'failed' || refund.settledOtherwiseAt !== null) return false;
  return !all.some(
    ({ replacesRefundId, status }) =>
      replacesRefundId === refund.id && status !== 'refused' && status !== 'canceled',
  );
}
