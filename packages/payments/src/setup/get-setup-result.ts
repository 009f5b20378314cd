import { findCheckoutSessionByStripeId } from '@onfile/db/tables/checkout-sessions.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { isPassing } from '../stripe/classify-error.ts';
import type { SetupState } from './settle-checkout-session.ts';
import { settleCheckoutSession } from './settle-checkout-session.ts';

/**
 * What the return page shows. The session's id is in the address bar, so anybody may bring one:
 * it must belong to the shopper who asks.
 * @throws Refusal `not_found` for a session that does not exist or is somebody else's
 */
export async function getSetupResult(
  runtime: Runtime,
  ask: { customerId: string; stripeSessionId: string },
): Promise<SetupState> {
  const row = await findCheckoutSessionByStripeId(runtime.db, ask.stripeSessionId);
  if (row?.customerId !== ask.customerId) throw new Refusal('not_found', 'stripeSessionId');
  if (row.paymentMethodId) return { state: 'saved', paymentMethodId: row.paymentMethodId };
  const actor = { kind: 'shopper' as const, id: ask.customerId };
  try {
    return (await settleCheckoutSession(runtime, ask.stripeSessionId, actor)) ?? { state: 'open' };
  } catch (error) {
    // The webhook will settle it; the page says that it is under way rather than nothing.
    if (isPassing(error)) return { state: 'processing' };
    throw error;
  }
}
