import type Stripe from 'stripe';
import type { Row, Tx } from '@onfile/db/database.ts';
import { findCheckoutSession, insertCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { listOrderItems } from '@onfile/db/tables/orders.ts';
import { customerNeedsMethods } from '@onfile/db/tables/payments.ts';
import type { Acceptance } from '../agreements/accept-terms.ts';
import { ownerBeforehand } from '../customers/owner-beforehand.ts';
import type { StripeOwner } from '../customers/stripe-owner.ts';
import { newId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import type { CheckoutWay } from '../settings.ts';
import { finishCreateSession } from '../setup/finish-create-session.ts';
import { beginOperation } from '../stripe/stripe-operation.ts';
import { agreeForOrder, readTerms } from './agreement-of-order.ts';
import { checkoutRequest } from './checkout-request.ts';
import { findPayable } from './find-payable.ts';
import type { Payable } from './find-payable.ts';
import { openWayToPay } from './open-way-to-pay.ts';
import { planOf } from './payment-plan.ts';
import { expireAtStripe } from './retire-ways-to-pay.ts';

interface Boxes {
  save?: 'enabled' | 'disabled' | undefined;
  remove?: 'enabled' | 'disabled' | undefined;
}

export interface CheckoutStart {
  customer: Row<'customers'>;
  orderId: string;
  uiMode: CheckoutWay;
  /** What the shopper agreed to; needed where the plan charges later. */
  acceptance: Acceptance | null;
  /** What a caller wants of Stripe's boxes; a box that the order rules out stays out. */
  boxes?: Boxes;
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
  const { order } = await findPayable(runtime.db, ask);
  const terms = await readTerms(runtime, order, start.acceptance);
  const owner = await ownerBeforehand(runtime, start.customer);
  const operation = await openWayToPay(
    runtime,
    (db) => findPayable(db, ask),
    (tx, payable) => writeSession(tx, runtime, start, { payable, terms, owner }),
  );
  const session = await finishCreateSession(runtime, operation);
  await requireStillOurs(runtime, operation.subjectId, session);
  return { url: session.url, clientSecret: session.client_secret };
}

/** Another tab may have ended this page while Stripe was making it: then nobody may pay on it. */
async function requireStillOurs(
  runtime: Runtime,
  sessionId: string,
  session: Stripe.Checkout.Session,
): Promise<void> {
  const row = await findCheckoutSession(runtime.db, sessionId);
  if (row?.status !== 'expired') return;
  await expireAtStripe(runtime, { sessionId, stripeSessionId: session.id });
  throw new Refusal('payment_under_way');
}

async function writeSession(
  tx: Tx,
  runtime: Runtime,
  start: CheckoutStart,
  on: { payable: Payable; terms: Row<'termsVersions'> | null; owner: StripeOwner | null },
): Promise<Row<'stripeOperations'>> {
  const { order, payment } = on.payable;
  const sessionId = newId('checkoutSession');
  const { acceptance } = start;
  const said = { order, terms: on.terms, acceptance, sessionId };
  const agreement = await agreeForOrder(tx, runtime, said);
  const now = runtime.clock.now();
  await insertCheckoutSession(tx, {
    id: sessionId,
    customerId: start.customer.id,
    agreementId: agreement?.id ?? null,
    orderId: order.id,
    paymentId: payment.id,
    mode: 'payment',
    uiMode: start.uiMode,
    status: 'creating',
    createdAt: now,
    updatedAt: now,
  });
  const { settings } = runtime;
  const request = checkoutRequest({
    uiMode: start.uiMode,
    sessionId,
    order,
    payment,
    items: await listOrderItems(tx, order.id),
    owner: on.owner,
    email: start.customer.email,
    usage: on.terms?.usage ?? 'none',
    redisplay: acceptance?.redisplay === true,
    holdFirst: planOf(order).kind === 'check_stock',
    bankDebits: settings.bankDebits,
    maySave: start.boxes?.save !== 'disabled',
    mayRemove:
      settings.removeInCheckout &&
      start.boxes?.remove !== 'disabled' &&
      !(await customerNeedsMethods(tx, start.customer.id)),
    shopName: settings.shopName,
    storefrontOrigin: settings.storefrontOrigin,
  });
  return beginOperation(tx, runtime.clock, {
    kind: 'create_session',
    subjectId: sessionId,
    request,
  });
}
