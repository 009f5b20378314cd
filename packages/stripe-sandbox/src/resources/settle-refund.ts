import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { save } from '../get-object.ts';
import { idOf } from '../ids.ts';
import type { Row } from '../stored-objects.ts';
import { makeBalanceTransaction } from './balance-transactions.ts';

/** A pending refund has arrived, or a refund has come back from the bank. */
export function settleRefund(account: Account, row: Row<'refund'>): void {
  const { object, hidden } = row;
  const before = structuredClone(object);
  hidden.dueAt = null;
  if (hidden.becomes === 'failed') {
    object.failure_reason = 'expired_or_canceled_card';
    undoRefund(account, row, 'failed');
    emitEvent(account, 'refund.failed', object);
  } else {
    object.status = 'succeeded';
    delete object.pending_reason;
    save(account, 'refund', row);
  }
  emitUpdated(account, object, before);
}

/** Events: refund.updated, charge.refund.updated. */
export function emitUpdated(account: Account, refund: Stripe.Refund, before: Stripe.Refund): void {
  emitEvent(account, 'refund.updated', refund, before);
  emitEvent(account, 'charge.refund.updated', refund, before);
}

/** The money stays with the merchant after all: the charge owes it again. */
export function undoRefund(
  account: Account,
  row: Row<'refund'>,
  status: 'failed' | 'canceled',
): void {
  const { object, hidden } = row;
  object.status = status;
  hidden.dueAt = null;
  object.failure_balance_transaction = makeBalanceTransaction(account, {
    amount: object.amount,
    currency: object.currency,
    type: object.id.startsWith('pyr_') ? 'payment_failure_refund' : 'refund_failure',
    source: object.id,
    description: 'REFUND FAILED',
  }).id;
  save(account, 'refund', row);
  const chargeId = idOf(object.charge);
  const charge = chargeId && account.ctx.store.find(account.id, 'charge', chargeId);
  if (!charge) return;
  charge.object.amount_refunded -= object.amount;
  charge.object.refunded = false;
  save(account, 'charge', charge);
}
