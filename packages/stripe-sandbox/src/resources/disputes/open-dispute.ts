import type Stripe from 'stripe';
import type { Account } from '../../context.ts';
import { emitEvent } from '../../emit-event.ts';
import { refusedByState } from '../../errors.ts';
import { getByPath, save } from '../../get-object.ts';
import { idOf } from '../../ids.ts';
import { makeBalanceTransaction } from '../balance-transactions.ts';
import { buildDispute } from './build-dispute.ts';

const DAY = 24 * 60 * 60;
/** How long the merchant has to answer. */
const ANSWER_DAYS = 9;
/** What Stripe takes for a dispute, in minor units. */
const DISPUTE_FEE = 1500;

/**
 * The cardholder, or the account's owner, takes a payment back; an inquiry only asks about it.
 * Throws 404 for an unknown charge, 400 for one that has
 * nothing left to dispute. Events: charge.dispute.created, charge.dispute.funds_withdrawn.
 */
export function openDispute(
  account: Account,
  chargeId: string,
  given: { reason: string; inquiry?: boolean },
): Stripe.Dispute {
  const charge = getByPath(account, 'charge', chargeId);
  const { object } = charge;
  if (!object.paid || !object.captured || object.disputed || object.refunded) {
    throw refusedByState(
      `Charge ${chargeId} cannot be disputed: it is unpaid, refunded or disputed.`,
    );
  }
  const now = account.ctx.clock.seconds();
  const inquiry = given.inquiry === true;
  const dueBy = now + ANSWER_DAYS * DAY;
  const dispute = buildDispute({ charge: object, reason: given.reason, inquiry, now, dueBy });
  if (!inquiry) dispute.balance_transactions.push(withdraw(account, dispute));
  object.disputed = true;
  save(account, 'charge', charge);
  account.ctx.store.insert(account.id, 'dispute', {
    object: dispute,
    hidden: { dueAt: dueBy, becomes: inquiry ? 'warning_closed' : 'lost' },
  });
  emitEvent(account, 'charge.dispute.created', dispute);
  if (!inquiry) emitEvent(account, 'charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

/** The money leaves the balance, with a fee. */
function withdraw(account: Account, dispute: Stripe.Dispute): Stripe.BalanceTransaction {
  return makeBalanceTransaction(account, {
    amount: -dispute.amount,
    fee: DISPUTE_FEE,
    currency: dispute.currency,
    type: 'adjustment',
    source: dispute.id,
    description: `Chargeback withdrawal for ${idOf(dispute.charge) ?? ''}`,
    atOnce: true,
  });
}
