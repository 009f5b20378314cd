import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { findAgreement } from '@onfile/db/tables/agreements.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { askForLiveIntent } from '../checkout/ask-for-live-intent.ts';
import { decideAfterDecline } from '../dunning/decline-policy.ts';
import type { Runtime } from '../runtime.ts';
import type { Decline } from '../stripe/charge-outcome.ts';
import { declineOf } from '../stripe/charge-outcome.ts';
import { findRecovery } from './find-recovery.ts';
import type { RecoveryState } from './find-recovery.ts';

/**
 * What the page offers first. `authenticate`: the bank's step, with the card that it was tried with.
 * `same_card`: that card once more. `another_method`: the card itself is the trouble, or there is none.
 */
export type RecoveryStep = 'authenticate' | 'same_card' | 'another_method';

/** What a recovery page may show: no more than it must. */
export interface OpenedRecovery {
  state: RecoveryState;
  payment: Row<'payments'>;
  step: RecoveryStep;
  /** Why the last try failed; null when there was none. */
  decline: Decline | null;
  /** The method that it was tried with, for its name. */
  method: Row<'paymentMethods'> | null;
  /** Whether a new method can be kept for what its shopper agreed to. */
  mayKeep: boolean;
}

/**
 * Opens a link: asks Stripe where it may know more than we do, and settles what it says, so that the
 * page is right also when the webhook is late.
 * @throws Refusal `link_unknown`
 */
export async function openRecovery(
  runtime: Runtime,
  token: string | null,
): Promise<OpenedRecovery> {
  const before = await findRecovery(runtime, token);
  const intent = await askForLiveIntent(runtime, before.payment);
  const { payment, state } = await findRecovery(runtime, token);
  const last = (await listAttempts(runtime.db, payment.id)).at(-1);
  const methodId = last?.paymentMethodId ?? payment.paymentMethodId;
  const method = methodId ? ((await findPaymentMethod(runtime.db, methodId)) ?? null) : null;
  const decline = intent?.last_payment_error
    ? declineOf(intent.last_payment_error)
    : last?.status === 'declined'
      ? declineOfAttempt(last)
      : null;
  const agreement = payment.agreementId
    ? await findAgreement(runtime.db, payment.agreementId)
    : undefined;
  return {
    state,
    payment,
    step: stepOf(intent, decline, method),
    decline,
    method,
    mayKeep: agreement?.status === 'active',
  };
}

function declineOfAttempt(attempt: Row<'attempts'>): Decline {
  return {
    code: attempt.errorCode,
    declineCode: attempt.declineCode,
    adviceCode: attempt.adviceCode,
    networkDeclineCode: attempt.networkDeclineCode,
    networkAdviceCode: attempt.networkAdviceCode,
    chargeId: attempt.stripeChargeId,
  };
}

function stepOf(
  intent: Stripe.PaymentIntent | null,
  decline: Decline | null,
  method: Row<'paymentMethods'> | null,
): RecoveryStep {
  // A page of Stripe's that was opened for it has its own intent, and nobody else may confirm that.
  const isOurs = intent !== null && intent.metadata['onfile_session'] === undefined;
  const mayTryAgain = isOurs && method?.status === 'attached' && method.type === 'card';
  if (!mayTryAgain) return 'another_method';
  if (intent.status === 'requires_action') return 'authenticate';
  if (!decline || !intent.last_payment_error) return 'another_method';
  const { kind } = decideAfterDecline({ ...decline, paymentMethodType: method.type });
  if (kind === 'authenticate') return 'authenticate';
  return kind === 'later' ? 'same_card' : 'another_method';
}
