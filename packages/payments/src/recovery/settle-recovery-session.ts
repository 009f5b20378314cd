import { findCheckoutSessionByStripeId } from '@onfile/db/tables/checkout-sessions.ts';
import { settlePaymentSession } from '../checkout/settle-payment-session.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { isPassing } from '../stripe/classify-error.ts';
import { findRecovery } from './find-recovery.ts';

/**
 * Back from Stripe's page: settles the Session where the webhook has not come yet. Its id stands in the
 * address bar, so anybody may bring one: it must be the link's own payment's.
 * @throws Refusal `link_unknown`, `not_found`
 */
export async function settleRecoverySession(
  runtime: Runtime,
  token: string | null,
  stripeSessionId: string,
): Promise<void> {
  const { payment } = await findRecovery(runtime, token);
  const row = await findCheckoutSessionByStripeId(runtime.db, stripeSessionId);
  if (row?.paymentId !== payment.id || row.mode !== 'payment') {
    throw new Refusal('not_found', 'stripeSessionId');
  }
  try {
    const actor = { kind: 'shopper' as const, id: payment.customerId };
    await settlePaymentSession(runtime, stripeSessionId, actor);
  } catch (error) {
    // The webhook will settle it; the page shows what is known.
    if (!isPassing(error)) throw error;
  }
}
