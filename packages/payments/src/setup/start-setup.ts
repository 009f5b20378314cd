import type Stripe from 'stripe';
import type { Db, Row } from '@onfile/db/database.ts';
import { insertCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { findOrder } from '@onfile/db/tables/orders.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { requireAccepted, writeAgreement } from '../agreements/accept-terms.ts';
import type { Acceptance } from '../agreements/accept-terms.ts';
import { noteAgreement } from '../checkout/note-agreement.ts';
import { holdCustomer } from '../customers/hold-customer.ts';
import { ownerBeforehand } from '../customers/owner-beforehand.ts';
import { newId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import type { CheckoutWay } from '../settings.ts';
import { beginOperation } from '../stripe/stripe-operation.ts';
import { finishCreateSession } from './finish-create-session.ts';
import { setupSessionRequest } from './session-request.ts';

/** What the page needs to go on: the address of Stripe's page, or the secret of a form in ours. */
export type StartedSetup =
  | { uiMode: 'embedded_page' | 'elements'; clientSecret: string }
  | { uiMode: 'hosted_page'; url: string };

/**
 * A shopper agrees to the terms and starts saving a method: the agreement (pending until a method
 * is saved under it), our session row and the call to Stripe are written in one transaction, then
 * the call is made.
 * @throws Refusal `not_found` for somebody else's payment, `terms_not_accepted`,
 *   `terms_outdated`, `terms_without_currency`, `stripe_unavailable`
 */
export async function startSetup(
  runtime: Runtime,
  start: {
    customer: Row<'customers'>;
    uiMode: CheckoutWay;
    acceptance: Acceptance;
    /** The order that comes to need the method; it is the customer's. */
    orderId?: string;
    /** The amount owed that the method is chosen for; it is the customer's. */
    paymentId?: string;
  },
): Promise<StartedSetup> {
  const { acceptance, customer, uiMode, orderId = null, paymentId = null } = start;
  const terms = await requireAccepted(runtime, acceptance);
  const currency = (await findCurrency(runtime.db, start)) ?? terms.currency;
  const owner = await ownerBeforehand(runtime, customer);

  const operation = await inTransaction(runtime.db, async (tx) => {
    await holdCustomer(tx, customer.id);
    const now = runtime.clock.now();
    const sessionId = newId('checkoutSession');
    const agreement = await writeAgreement(tx, runtime, {
      customerId: customer.id,
      terms,
      acceptance,
      currency,
      orderId,
      sessionId,
    });
    if (orderId) await noteAgreement(tx, { orderId, agreementId: agreement.id, now });
    await insertCheckoutSession(tx, {
      id: sessionId,
      customerId: customer.id,
      agreementId: agreement.id,
      orderId,
      paymentId,
      stripeSessionId: null,
      mode: 'setup',
      uiMode,
      status: 'creating',
      paymentMethodId: null,
      createdAt: now,
      updatedAt: now,
      settledAt: null,
    });
    return beginOperation(tx, runtime.clock, {
      kind: 'create_session',
      subjectId: sessionId,
      request: setupSessionRequest({
        uiMode,
        sessionId,
        agreementId: agreement.id,
        owner,
        email: customer.email,
        currency,
        bankDebits: runtime.settings.bankDebits,
        redisplay: acceptance.redisplay,
        orderId,
        storefrontOrigin: runtime.settings.storefrontOrigin,
      }),
    });
  });
  return startedSetup(uiMode, await finishCreateSession(runtime, operation));
}

/** The currency of what the method is saved for; null when that is nothing in particular. */
async function findCurrency(
  db: Db,
  saved: { customer: Row<'customers'>; orderId?: string; paymentId?: string },
): Promise<string | null> {
  if (saved.paymentId) {
    const payment = await findPayment(db, saved.paymentId);
    if (payment?.customerId !== saved.customer.id) throw new Refusal('not_found', 'paymentId');
    return payment.currency;
  }
  const order = saved.orderId ? await findOrder(db, saved.orderId) : undefined;
  return order?.currency ?? null;
}

function startedSetup(uiMode: CheckoutWay, session: Stripe.Checkout.Session): StartedSetup {
  const { client_secret: clientSecret, url } = session;
  if (uiMode === 'hosted_page' && url) return { uiMode, url };
  if (uiMode !== 'hosted_page' && clientSecret) return { uiMode, clientSecret };
  throw new Error(`session ${session.id} has neither a client secret nor a url`);
}
