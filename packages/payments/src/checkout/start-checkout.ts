import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { insertCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import { listOrderItems, updateOrder } from '@onfile/db/tables/orders.ts';
import { customerNeedsMethods } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { requireAccepted, writeAgreement } from '../agreements/accept-terms.ts';
import type { Acceptance } from '../agreements/accept-terms.ts';
import { ensureStripeOwner } from '../customers/ensure-stripe-owner.ts';
import { stripeOwner } from '../customers/stripe-owner.ts';
import type { StripeOwner } from '../customers/stripe-owner.ts';
import { newId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { finishCreateSession } from '../setup/finish-create-session.ts';
import { beginOperation } from '../stripe/stripe-operation.ts';
import { checkoutRequest } from './checkout-request.ts';
import type { CheckoutUiMode } from './checkout-request.ts';
import { findPayable } from './find-payable.ts';
import type { Payable } from './find-payable.ts';
import { needsMethodLater } from './payment-plan.ts';
import { planOf } from './place-order.ts';
import { retireWaysToPay } from './retire-ways-to-pay.ts';

export interface CheckoutStart {
  customer: Row<'customers'>;
  orderId: string;
  uiMode: CheckoutUiMode;
  /** What the shopper agreed to; needed where the plan charges later. */
  acceptance: Acceptance | null;
}

/**
 * Opens Stripe's page on which a shopper pays what an order owes now. A page that was opened before
 * is ended first: of two, only one can be paid. Where the plan charges later, the shopper must have
 * agreed to that, and the method is kept.
 * @returns what the page needs: a URL, or a client secret
 * @throws Refusal `not_found`, `order_not_payable`, `payment_under_way`, `terms_not_accepted`,
 *   `terms_outdated`, `stripe_unavailable`
 */
export async function startCheckout(
  runtime: Runtime,
  start: CheckoutStart,
): Promise<{ url: string | null; clientSecret: string | null }> {
  const ask = { customerId: start.customer.id, orderId: start.orderId };
  const before = await findPayable(runtime.db, ask);
  const terms = await readTerms(runtime, before.order, start.acceptance);
  await retireWaysToPay(runtime, before.payment);
  const owner = await ownerOf(runtime, start.customer);
  const operation = await inTransaction(runtime.db, async (tx) => {
    await lockCustomer(tx, start.customer.id);
    // The page that was just ended may have been paid a moment before.
    const payable = await findPayable(tx, ask);
    const sessionId = newId('checkoutSession');
    const agreement =
      terms && start.acceptance
        ? await writeAgreement(tx, runtime, {
            customerId: start.customer.id,
            terms,
            acceptance: start.acceptance,
            orderId: payable.order.id,
            sessionId,
          })
        : null;
    const now = runtime.clock.now();
    if (agreement) {
      await updateOrder(tx, payable.order.id, { agreementId: agreement.id, updatedAt: now });
    }
    await insertCheckoutSession(tx, {
      id: sessionId,
      customerId: start.customer.id,
      agreementId: agreement?.id ?? null,
      orderId: payable.order.id,
      paymentId: payable.payment.id,
      mode: 'payment',
      uiMode: start.uiMode,
      status: 'creating',
      createdAt: now,
      updatedAt: now,
    });
    const mayRemove =
      runtime.settings.removeInCheckout && !(await customerNeedsMethods(tx, start.customer.id));
    const items = await listOrderItems(tx, payable.order.id);
    const request = buildRequest(runtime, start, payable, {
      sessionId,
      items,
      owner,
      mayRemove,
      usage: terms?.usage ?? 'none',
    });
    return beginOperation(tx, runtime.clock, {
      kind: 'create_session',
      subjectId: sessionId,
      request,
    });
  });
  const session = await finishCreateSession(runtime, operation);
  return { url: session.url, clientSecret: session.client_secret };
}

/** The terms that the plan needs an answer to; null where the shopper pays all while present. */
async function readTerms(
  runtime: Runtime,
  order: Row<'orders'>,
  acceptance: Acceptance | null,
): Promise<Row<'termsVersions'> | null> {
  const { timeZone } = runtime.settings;
  const needed = needsMethodLater(planOf(order), { ...order, now: order.placedAt, timeZone });
  if (!needed && !acceptance?.accepted) return null;
  if (!acceptance) throw new Refusal('terms_not_accepted', 'accepted');
  return requireAccepted(runtime, acceptance);
}

/** Guests become customers by Checkout itself; Accounts v2 must be made before. */
async function ownerOf(runtime: Runtime, customer: Row<'customers'>): Promise<StripeOwner | null> {
  const isGuest = customer.authUserId === null && stripeOwner(customer) === null;
  if (isGuest && runtime.settings.customers.model === 'customers') return null;
  return ensureStripeOwner(runtime, customer);
}

function buildRequest(
  runtime: Runtime,
  start: CheckoutStart,
  { order, payment }: Payable,
  facts: {
    sessionId: string;
    items: Row<'orderItems'>[];
    owner: StripeOwner | null;
    mayRemove: boolean;
    usage: 'none' | 'on_session' | 'off_session';
  },
): Stripe.Checkout.SessionCreateParams {
  return checkoutRequest({
    ...facts,
    uiMode: start.uiMode,
    order,
    payment,
    email: start.customer.email,
    holdFirst: planOf(order).kind === 'check_stock',
    shopName: runtime.settings.shopName,
    storefrontOrigin: runtime.settings.storefrontOrigin,
  });
}
