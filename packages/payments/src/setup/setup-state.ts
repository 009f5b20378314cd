import type Stripe from 'stripe';
import type { MethodHint } from '@onfile/db/agreements.ts';
import type { Row } from '@onfile/db/database.ts';
import { depositsToConfirm } from '../stripe/deposits-to-confirm.ts';
import type { DepositsToConfirm } from '../stripe/deposits-to-confirm.ts';
import { paymentMethodFacts } from '../payment-methods/payment-method-facts.ts';

/**
 * Where a setup stands, for the return page and the list of what is pending.
 * - `processing`: the bank is checking; it settles by itself, in days at most
 * - `waiting`: it is done at Stripe, and our own part is still under way
 * - `needs_step`: two small deposits must be confirmed, on Stripe's page at `verify.url`, which is
 *   for its owner alone and is never stored
 * - `refused`: the method is another customer's
 * - `open`, `failed`: the hosted page may be gone on with at `continueUrl`
 */
export type SetupState =
  | { state: 'saved'; paymentMethodId: string }
  | { state: 'processing' | 'waiting' | 'refused' | 'expired' }
  | { state: 'needs_step'; verify: DepositsToConfirm | null }
  | { state: 'open' | 'failed'; continueUrl: string | null };

/** What our row says when nothing can change any more; null while Stripe must be asked. */
export function settledState(row: Row<'checkoutSessions'>): SetupState | null {
  if (row.paymentMethodId) return { state: 'saved', paymentMethodId: row.paymentMethodId };
  if (row.status === 'expired') return { state: 'expired' };
  if (row.problem === 'method_of_another') return { state: 'refused' };
  return row.problem ? { state: 'failed', continueUrl: null } : null;
}

/** What a completed Session's intent says while nothing is saved. */
export function intentState(intent: Stripe.SetupIntent | null): SetupState {
  switch (intent?.status) {
    case 'processing':
      return { state: 'processing' };
    case 'requires_action':
      return { state: 'needs_step', verify: depositsToConfirm(intent) };
    case 'requires_payment_method':
    case 'canceled':
      return { state: 'failed', continueUrl: null };
    default:
      return { state: 'waiting' };
  }
}

/** How a method that is still being set up will be named. */
export function methodHint(method: Stripe.PaymentMethod): MethodHint {
  const { brand, last4, bankName, wallet } = paymentMethodFacts(method);
  return { type: method.type, brand, last4, bankName, wallet };
}
