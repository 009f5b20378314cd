import {
  findCheckoutSession,
  findCheckoutSessionByStripeId,
} from '@onfile/db/tables/checkout-sessions.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { getSetupResult } from '../setup/get-setup-result.ts';
import type { SetupState } from '../setup/setup-state.ts';
import { depositsToConfirm } from '../stripe/deposits-to-confirm.ts';
import type { DepositsToConfirm } from '../stripe/deposits-to-confirm.ts';
import { isPassing } from '../stripe/classify-error.ts';
import { settlePaymentSession } from './settle-payment-session.ts';
import type { CheckoutState } from './settle-payment-session.ts';

/** Where a checkout stands; `kept`: a plan that pays nothing now has its card. */
export type CheckoutResult =
  | { state: CheckoutState | 'kept' | 'late' }
  | { state: 'confirm_deposits'; verify: DepositsToConfirm }
  | { state: 'keeping'; setup: Exclude<SetupState, { state: 'saved' }> };

/**
 * What the return page of an order shows. The Session's id is in the address bar, so anybody may
 * bring one: it must belong to the shopper who asks, and to this order.
 * @throws Refusal `not_found`
 */
export async function getCheckoutResult(
  runtime: Runtime,
  ask: { customerId: string; orderId: string; stripeSessionId: string },
): Promise<CheckoutResult> {
  const row = await findCheckoutSessionByStripeId(runtime.db, ask.stripeSessionId);
  if (row?.customerId !== ask.customerId || row.orderId !== ask.orderId) {
    throw new Refusal('not_found', 'stripeSessionId');
  }
  if (row.mode === 'setup') {
    const setup = await getSetupResult(runtime, ask);
    return setup.state === 'saved' ? { state: 'kept' } : { state: 'keeping', setup };
  }
  const actor = { kind: 'shopper' as const, id: ask.customerId };
  try {
    const state = await settlePaymentSession(runtime, ask.stripeSessionId, actor);
    const verify = state === 'needs_step' ? await findDeposits(runtime, row.id) : null;
    return verify ? { state: 'confirm_deposits', verify } : { state: state ?? 'late' };
  } catch (error) {
    // The webhook will settle it; the page says that it is under way rather than nothing.
    if (isPassing(error)) return { state: 'late' };
    throw error;
  }
}

/** A bank account that was paid with, and still has to prove itself. */
async function findDeposits(
  runtime: Runtime,
  sessionId: string,
): Promise<DepositsToConfirm | null> {
  const session = await findCheckoutSession(runtime.db, sessionId);
  if (!session?.stripeIntentId) return null;
  return depositsToConfirm(await runtime.stripe.paymentIntents.retrieve(session.stripeIntentId));
}
