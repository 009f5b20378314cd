import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { insertCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { requireAccepted, writeAgreement } from '../agreements/accept-terms.ts';
import type { Acceptance } from '../agreements/accept-terms.ts';
import { ensureStripeOwner } from '../customers/ensure-stripe-owner.ts';
import { newId } from '../ids.ts';
import type { Runtime } from '../runtime.ts';
import { beginOperation } from '../stripe/stripe-operation.ts';
import { finishCreateSession } from './finish-create-session.ts';
import type { SetupUiMode } from './session-request.ts';
import { setupSessionRequest } from './session-request.ts';

export type StartedSetup =
  { uiMode: 'embedded_page'; clientSecret: string } | { uiMode: 'hosted_page'; url: string };

/**
 * A shopper agrees to the terms and starts saving a method: the agreement (pending until a method
 * is saved under it), our session row and the call to Stripe are written in one transaction, then
 * the call is made.
 * @throws Refusal `terms_not_accepted`, `terms_outdated`, `stripe_unavailable`
 */
export async function startSetup(
  runtime: Runtime,
  start: { customer: Row<'customers'>; uiMode: SetupUiMode; acceptance: Acceptance },
): Promise<StartedSetup> {
  const { acceptance, customer, uiMode } = start;
  const terms = await requireAccepted(runtime, acceptance);
  const owner = await ensureStripeOwner(runtime, customer);

  const operation = await inTransaction(runtime.db, async (tx) => {
    const now = runtime.clock.now();
    const sessionId = newId('checkoutSession');
    const agreement = await writeAgreement(tx, runtime, {
      customerId: customer.id,
      terms,
      acceptance,
      orderId: null,
      sessionId,
    });
    await insertCheckoutSession(tx, {
      id: sessionId,
      customerId: customer.id,
      agreementId: agreement.id,
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
        currency: terms.currency,
        redisplay: acceptance.redisplay,
        storefrontOrigin: runtime.settings.storefrontOrigin,
      }),
    });
  });
  return startedSetup(await finishCreateSession(runtime, operation));
}

function startedSetup(session: Stripe.Checkout.Session): StartedSetup {
  if (session.client_secret)
    return { uiMode: 'embedded_page', clientSecret: session.client_secret };
  if (session.url) return { uiMode: 'hosted_page', url: session.url };
  throw new Error(`session ${session.id} has neither a client secret nor a url`);
}
