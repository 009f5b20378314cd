import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import type { Endpoint } from '../endpoint.ts';
import type { StripeErrorBody } from '../errors.ts';
import { getByParam, save } from '../get-object.ts';
import { idOf, newId, randomText } from '../ids.ts';
import { listPage } from '../list-page.ts';
import { ownerFields, ownerIdOf } from '../owner.ts';
import { requiredText } from '../params.ts';
import type { Row } from '../stored-objects.ts';
import type { GeneratedDebit } from './generate-sepa-debit.ts';

type AttemptStatus = 'requires_action' | 'succeeded' | 'failed';

/**
 * Writes down how a confirm of a SetupIntent went: one attempt per confirm, which follows its
 * challenge or its small deposits to the end. The caller saves the intent.
 */
export function recordSetupAttempt(
  account: Account,
  intent: Row<'setup_intent'>,
  method: Row<'payment_method'>,
  status: AttemptStatus,
  error: StripeErrorBody | null = null,
  continued = false,
): void {
  const latest = continued ? latestAttempt(account, intent) : undefined;
  if (latest !== undefined) {
    latest.object.status = status;
    if (latest.object.payment_method_details.card) {
      latest.object.payment_method_details.card.three_d_secure = challengeResult(status);
    }
    latest.object.setup_error = error;
    save(account, 'setup_attempt', latest);
    return;
  }
  const object: Stripe.SetupAttempt = {
    id: newId('setatt'),
    object: 'setup_attempt',
    application: null,
    created: account.ctx.clock.seconds(),
    ...ownerFields(ownerIdOf(intent.object)),
    flow_directions: null,
    livemode: false,
    on_behalf_of: null,
    payment_method: method.object.id,
    payment_method_details: attemptDetails(method.object),
    setup_error: error,
    setup_intent: intent.object.id,
    status,
    usage: intent.object.usage,
  };
  account.ctx.store.insert(account.id, 'setup_attempt', { object, hidden: {} });
  intent.object.latest_attempt = object.id;
}

const NOTHING_GENERATED = {
  generated_sepa_debit: null,
  generated_sepa_debit_mandate: null,
  iban_last4: null,
  verified_name: null,
};

/** Writes the account that a redirect has left behind on the attempt that led there. */
export function noteGeneratedDebit(
  account: Account,
  intent: Row<'setup_intent'>,
  generated: GeneratedDebit,
): void {
  const latest = latestAttempt(account, intent);
  if (latest === undefined) return;
  const { ideal, bancontact } = latest.object.payment_method_details;
  Object.assign(ideal ?? bancontact ?? {}, generated);
  save(account, 'setup_attempt', latest);
}

/** The intent was canceled while its shopper was still expected. */
export function abandonSetupAttempt(account: Account, intent: Row<'setup_intent'>): void {
  const latest = latestAttempt(account, intent);
  if (latest?.object.status !== 'requires_action') return;
  latest.object.status = 'abandoned';
  save(account, 'setup_attempt', latest);
}

function challengeResult(
  status: AttemptStatus,
): Stripe.SetupAttempt.PaymentMethodDetails.Card.ThreeDSecure {
  const passed = status === 'succeeded';
  return {
    authentication_flow: 'challenge',
    electronic_commerce_indicator: passed ? '05' : null,
    result: passed ? 'authenticated' : 'failed',
    result_reason: passed ? null : 'rejected',
    transaction_id: randomText(36),
    version: '2.2.0',
  };
}

function latestAttempt(
  account: Account,
  intent: Row<'setup_intent'>,
): Row<'setup_attempt'> | undefined {
  const id = idOf(intent.object.latest_attempt);
  return id === null ? undefined : account.ctx.store.find(account.id, 'setup_attempt', id);
}

function attemptDetails(method: Stripe.PaymentMethod): Stripe.SetupAttempt.PaymentMethodDetails {
  const { type, card } = method;
  if (type === 'ideal') return { type, ideal: { bank: null, bic: null, ...NOTHING_GENERATED } };
  if (type === 'bancontact') {
    const bank = { bank_code: null, bank_name: null, bic: null, preferred_language: null };
    return { type, bancontact: { ...bank, ...NOTHING_GENERATED } };
  }
  if (card === undefined) return { type, [type]: {} };
  return {
    type,
    card: {
      brand: card.brand,
      checks: card.checks,
      country: card.country,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      fingerprint: card.fingerprint ?? null,
      funding: card.funding,
      last4: card.last4,
      network: card.brand,
      three_d_secure: null,
      wallet: null,
    },
  };
}

export const SETUP_ATTEMPT_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v1/setup_attempts',
    answer: ({ account, params }) => {
      const id = requiredText(params, 'setup_intent');
      getByParam(account, 'setup_intent', id, 'setup_intent');
      return listPage(account, 'setup_attempt', '/v1/setup_attempts', params, {
        matches: ({ object }) => idOf(object.setup_intent) === id,
      });
    },
  },
];
