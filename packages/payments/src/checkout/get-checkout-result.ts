import { findCheckoutSessionByStripeId } from '@onfile/db/tables/checkout-sessions.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { getSetupResult } from '../setup/get-setup-result.ts';
import type { SetupState } from '../setup/setup-state.ts';
import { isPassing } from '../stripe/classify-error.ts';
import { settlePaymentSession } from './settle-payment-session.ts';
import type { CheckoutState } from './settle-payment-session.ts';

/** Where a checkout stands; `kept`: a plan that pays nothing now has its card. */
export type CheckoutResult =
  | { state: CheckoutState | 'kept' | 'late' }
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
    return { state: state ?? 'late' };
  } catch (error) {
    // The webhook will settle it; the page says that it is under way rather than nothing.
    if (isPassing(error)) return { state: 'late' };
    throw error;
  }
}
