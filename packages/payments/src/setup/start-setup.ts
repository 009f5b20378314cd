import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { insertAgreement } from '@onfile/db/tables/agreements.ts';
import { insertCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { currentTerms } from '../agreements/terms.ts';
import { audit } from '../audit.ts';
import { ensureStripeCustomer } from '../customers/ensure-stripe-customer.ts';
import { newId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { beginOperation } from '../stripe/stripe-operation.ts';
import { finishCreateSession } from './finish-create-session.ts';
import type { SetupUiMode } from './session-request.ts';
import { setupSessionRequest } from './session-request.ts';

export interface Acceptance {
  termsVersionId: string;
  accepted: boolean;
  locale: string;
  ipAddress: string | null;
  userAgent: string | null;
}

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
  if (!acceptance.accepted) throw new Refusal('terms_not_accepted', 'accepted');
  const { shopName } = runtime.settings;
  const terms = await currentTerms(runtime.db, runtime.clock, {
    shopName,
    locale: acceptance.locale,
  });
  if (terms.id !== acceptance.termsVersionId) throw new Refusal('terms_outdated', 'termsVersionId');
  const stripeCustomerId = await ensureStripeCustomer(runtime, customer);

  const operation = await inTransaction(runtime.db, async (tx) => {
    const now = runtime.clock.now();
    const agreement = pendingAgreement(customer.id, terms, acceptance, now);
    await insertAgreement(tx, agreement);
    const sessionId = newId('checkoutSession');
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
    await audit(tx, runtime.clock, {
      actor: { kind: 'shopper', id: customer.id },
      action: 'agreement.accepted',
      subject: { kind: 'agreement', id: agreement.id },
      details: { termsVersion: terms.version, termsHash: terms.textHash, session: sessionId },
    });
    return beginOperation(tx, runtime.clock, {
      kind: 'create_session',
      subjectId: sessionId,
      request: setupSessionRequest({
        uiMode,
        sessionId,
        agreementId: agreement.id,
        stripeCustomerId,
        currency: terms.currency,
        storefrontOrigin: runtime.settings.storefrontOrigin,
      }),
    });
  });
  return startedSetup(await finishCreateSession(runtime, operation));
}

function pendingAgreement(
  customerId: string,
  terms: Row<'termsVersions'>,
  acceptance: Acceptance,
  now: number,
): Row<'agreements'> {
  return {
    id: newId('agreement'),
    customerId,
    termsVersionId: terms.id,
    termsHash: terms.textHash,
    purpose: terms.purpose,
    locale: terms.locale,
    capAmountMinor: terms.capAmountMinor,
    currency: terms.currency,
    status: 'pending',
    acceptedAt: now,
    ipAddress: acceptance.ipAddress,
    userAgent: acceptance.userAgent,
    withdrawnAt: null,
  };
}

function startedSetup(session: Stripe.Checkout.Session): StartedSetup {
  if (session.client_secret)
    return { uiMode: 'embedded_page', clientSecret: session.client_secret };
  if (session.url) return { uiMode: 'hosted_page', url: session.url };
  throw new Error(`session ${session.id} has neither a client secret nor a url`);
}
