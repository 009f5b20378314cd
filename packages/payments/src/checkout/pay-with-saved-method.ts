import type { Row, Tx } from '@onfile/db/database.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { isFrozen } from '@onfile/db/tables/frozen-methods.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { updatePayment } from '@onfile/db/tables/payments.ts';
import type { Acceptance } from '../agreements/accept-terms.ts';
import { sendAttempt } from '../charging/send-attempt.ts';
import { ensureStripeOwner } from '../customers/ensure-stripe-owner.ts';
import { methodOwner } from '../customers/method-owner.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { agreeForOrder, readTerms } from './agreement-of-order.ts';
import type { Usage } from './checkout-request.ts';
import { findPayable } from './find-payable.ts';
import { openWayToPay } from './open-way-to-pay.ts';
import type { OrderStanding } from './look-at-order.ts';
import { lookAtOrder } from './look-at-order.ts';
import { beginPresentAttempt } from './present-attempt.ts';

export interface SavedMethodPay {
  customer: Row<'customers'>;
  orderId: string;
  paymentMethodId: string;
  /** How many tries the shopper's page has seen: a double click, sent twice, is one try. */
  triesSeen: number;
  /** What the shopper agreed to; needed where the plan charges later. */
  acceptance: Acceptance | null;
}

/**
 * A shopper who is there pays what an order owes with a card that is on file, on-session. Every
 * other way to pay is ended first, so that there is never a second success; a second try confirms
 * the same intent.
 * @throws Refusal `not_found`, `order_not_payable`, `payment_under_way`, `payment_method_detached`,
 *   `payment_method_not_offered`, `terms_not_accepted`, `terms_outdated`, `stripe_unavailable`
 */
export async function payWithSavedMethod(
  runtime: Runtime,
  pay: SavedMethodPay,
): Promise<OrderStanding> {
  const ask = { customerId: pay.customer.id, orderId: pay.orderId };
  const { order, payment } = await findPayable(runtime.db, ask);
  if (await wasTriedSince(runtime, payment.id, pay.triesSeen)) return lookAtOrder(runtime, ask);
  const terms = await readTerms(runtime, order, pay.acceptance);
  await requireOffered(runtime.db, pay);
  const owner = await ensureStripeOwner(runtime, pay.customer);
  const attempt = await openWayToPay(
    runtime,
    (db) => findPayable(db, ask),
    async (tx, payable) => {
      const tries = await listAttempts(tx, payable.payment.id);
      if (tries.length > pay.triesSeen) return null;
      const method = await requireOffered(tx, pay);
      const sessionId = payable.payment.id;
      const { acceptance } = pay;
      await agreeForOrder(tx, runtime, { order: payable.order, terms, acceptance, sessionId });
      const change = { paymentMethodId: method.id, updatedAt: runtime.clock.now() };
      await updatePayment(tx, payable.payment.id, change);
      const usage: Usage = terms?.usage ?? 'none';
      return beginPresentAttempt(tx, runtime, payable, {
        method,
        owner: methodOwner(method, pay.customer) ?? owner,
        usage,
      });
    },
    { ownIntent: true },
  );
  if (attempt) await sendAttempt(runtime, attempt);
  return lookAtOrder(runtime, ask);
}

async function wasTriedSince(
  runtime: Runtime,
  paymentId: string,
  triesSeen: number,
): Promise<boolean> {
  return (await listAttempts(runtime.db, paymentId)).length > triesSeen;
}

/** The shopper's own, still there, and saved to be shown again: not for one purpose only. */
async function requireOffered(
  db: Runtime['db'] | Tx,
  pay: SavedMethodPay,
): Promise<Row<'paymentMethods'>> {
  const method = await findPaymentMethod(db, pay.paymentMethodId);
  if (method?.customerId !== pay.customer.id) throw new Refusal('not_found', 'paymentMethodId');
  if (method.status !== 'attached') {
    throw new Refusal('payment_method_detached', 'paymentMethodId');
  }
  if (!isOffered(method) || (await isFrozen(db, method)))
    throw new Refusal('payment_method_not_offered', 'paymentMethodId');
  return method;
}

/** Whether a saved method may be offered at a checkout: a card that its owner agreed to see again. */
export function isOffered(method: { type: string; allowRedisplay: string | null }): boolean {
  return method.type === 'card' && method.allowRedisplay === 'always';
}
