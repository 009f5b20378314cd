import type Stripe from 'stripe';
import type { Account } from '../../context.ts';
import { emitEvent } from '../../emit-event.ts';
import { refusedByState } from '../../errors.ts';
import { getByPath, save } from '../../get-object.ts';
import { idOf } from '../../ids.ts';
import type { Row } from '../../stored-objects.ts';
import { makeBalanceTransaction } from '../balance-transactions.ts';

const CLOSED = ['won', 'lost', 'warning_closed', 'prevented'];

/** 400 when a dispute has come to its end. */
export function requireOpenDispute({ object }: Row<'dispute'>): void {
  if (!CLOSED.includes(object.status)) return;
  throw refusedByState(
    `This dispute is already closed: it has a status of ${object.status} and can no longer be changed.`,
  );
}

/**
 * Ends a dispute. Won: the money comes back. Throws 404 for an unknown one, 400 for a closed one.
 * Events: charge.dispute.closed, and charge.dispute.funds_reinstated.
 */
export function closeDispute(
  account: Account,
  id: string,
  status: 'won' | 'lost' | 'warning_closed',
): Stripe.Dispute {
  const row = getByPath(account, 'dispute', id);
  requireOpenDispute(row);
  const { object, hidden } = row;
  const withdrawn = object.balance_transactions.length > 0;
  object.status = status;
  object.is_charge_refundable = status === 'warning_closed';
  hidden.dueAt = null;
  if (status === 'won' && withdrawn) object.balance_transactions.push(giveBack(account, object));
  save(account, 'dispute', row);
  if (status === 'warning_closed') clearCharge(account, object);
  emitEvent(account, 'charge.dispute.closed', object);
  if (status === 'won' && withdrawn) {
    emitEvent(account, 'charge.dispute.funds_reinstated', object);
  }
  return object;
}

/** The bank has decided, or nobody has answered in time. */
export function decideDispute(account: Account, row: Row<'dispute'>): void {
  const { object, hidden } = row;
  if (object.evidence_details.submission_count === 0) {
    object.evidence_details.past_due = true;
    save(account, 'dispute', row);
  }
  closeDispute(account, object.id, hidden.becomes ?? 'lost');
}

/** An inquiry that came to nothing leaves the payment as it was. */
function clearCharge(account: Account, dispute: Stripe.Dispute): void {
  const charge = getByPath(account, 'charge', idOf(dispute.charge) ?? '');
  charge.object.disputed = false;
  save(account, 'charge', charge);
}

function giveBack(account: Account, dispute: Stripe.Dispute): Stripe.BalanceTransaction {
  return makeBalanceTransaction(account, {
    amount: dispute.amount,
    currency: dispute.currency,
    type: 'adjustment',
    source: dispute.id,
    description: `Chargeback reversal for ${idOf(dispute.charge) ?? ''}`,
    atOnce: true,
  });
}
