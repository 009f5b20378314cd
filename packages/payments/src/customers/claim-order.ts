import type { Row } from '@onfile/db/database.ts';
import { listNamedLast4 } from '@onfile/db/tables/agreements.ts';
import { findGuest } from '@onfile/db/tables/guests.ts';
import { findOrderByNumber } from '@onfile/db/tables/orders.ts';
import { findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { spend } from '../limits/spend.ts';
import { paymentMethodFacts } from '../payment-methods/payment-method-facts.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { claimGuestRecords } from './claim-guest-records.ts';

/**
 * A signed-in shopper names an order that they placed as a guest, and the last four digits of the card
 * or account that paid it, or was kept for it: then everything that this guest left is theirs. Tries are few for each
 * account, order and IP address, and every refusal reads the same.
 * @throws Refusal `too_many_tries`, `claim_not_matched`
 */
export async function claimOrder(
  runtime: Runtime,
  claim: {
    account: Row<'customers'>;
    orderNumber: string;
    last4: string;
    ipAddress: string | null;
  },
): Promise<void> {
  const number = claim.orderNumber.trim().toUpperCase();
  const by = { account: claim.account.id, order: number, ip: claim.ipAddress };
  await spend(runtime, 'claim_order', by);
  const order = await findOrderByNumber(runtime.db, number);
  const guest = order && (await findGuest(runtime.db, order.customerId));
  const isMatch = guest && (await listLast4(runtime, order)).includes(claim.last4);
  const joined =
    isMatch &&
    (await claimGuestRecords(runtime, {
      guestId: guest.id,
      accountId: claim.account.id,
      proof: { kind: 'order', orderId: order.id },
    }));
  if (!joined) throw new Refusal('claim_not_matched', 'orderNumber');
}

/**
 * The last four digits of whatever has paid on an order, or is kept for what it comes to owe; Stripe
 * knows those that paid and were not kept.
 */
async function listLast4(runtime: Runtime, order: Row<'orders'>): Promise<string[]> {
  const found = order.agreementId ? await listNamedLast4(runtime.db, order.agreementId) : [];
  for (const payment of await listOrderPayments(runtime.db, order.id)) {
    if (!['succeeded', 'processing', 'requires_capture'].includes(payment.status)) continue;
    const kept = payment.paymentMethodId
      ? await findPaymentMethod(runtime.db, payment.paymentMethodId)
      : undefined;
    const last4 = kept?.last4 ?? (await askStripe(runtime, payment.id));
    if (last4) found.push(last4);
  }
  return found;
}

async function askStripe(runtime: Runtime, paymentId: string): Promise<string | null> {
  const live = await findLiveIntent(runtime.db, paymentId);
  if (!live) return null;
  const expand = ['payment_method'];
  const intent = await runtime.stripe.paymentIntents.retrieve(live.stripePaymentIntentId, {
    expand,
  });
  const method = intent.payment_method;
  return method && typeof method !== 'string' ? paymentMethodFacts(method).last4 : null;
}
