import type Stripe from 'stripe';
import { formatAmount } from '../checkout-page/format-amount.ts';
import { findOwner } from '../context.ts';
import type { SandboxContext } from '../context.ts';
import { idOf } from '../ids.ts';

/** An intent as the pages of banks show it. */
export type WaitingIntent = {
  intent: Stripe.PaymentIntent | Stripe.SetupIntent;
  merchant: string;
  publishableKey: string;
  /** As people read it; null where a payment method is saved and nothing is paid. */
  amount: string | null;
  /** The payment method's type. */
  methodType: string;
};

/** The intent with this id, whatever its status; undefined for unknown ids. */
export function findWaitingIntent(
  ctx: SandboxContext,
  intentId: string,
): WaitingIntent | undefined {
  const account = findOwner(ctx, intentId);
  if (!account) return undefined;
  const payment = ctx.store.find(account.id, 'payment_intent', intentId)?.object;
  const intent = payment ?? ctx.store.find(account.id, 'setup_intent', intentId)?.object;
  if (!intent) return undefined;
  const methodId = idOf(intent.payment_method) ?? '';
  return {
    intent,
    merchant: account.ctx.accountName,
    publishableKey: account.publishableKey,
    amount: payment ? formatAmount(payment.amount, payment.currency) : null,
    methodType: ctx.store.find(account.id, 'payment_method', methodId)?.object.type ?? 'card',
  };
}
