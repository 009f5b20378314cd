import Stripe from 'stripe';
import type { Row, Tx } from '@onfile/db/database.ts';
import { findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
import { findPayment, updatePayment } from '@onfile/db/tables/payments.ts';
import { endOperation, findOperationByKey } from '@onfile/db/tables/stripe-operations.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { requireRoom } from '../agreements/require-room.ts';
import { audit } from '../audit.ts';
import { requireReason } from '../charging/change-owed-payment.ts';
import { requireChargeable } from '../charging/check-charge.ts';
import { orAsItIs } from '../checkout/or-as-it-is.ts';
import { formatAmount, parseAmount } from '../money.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { holdPayment } from '../state/hold-payment.ts';
import { settlePaymentIntent } from '../state/settle-payment-intent.ts';
import { classifyError } from '../stripe/classify-error.ts';
import { beginOperation, performOperation } from '../stripe/stripe-operation.ts';
import { hasBegun } from './has-begun.ts';

/** The request of a raise, as it is stored before it is made; minor units. */
interface RaiseRequest {
  stripePaymentIntentId: string;
  paymentId: string;
  fromMinor: number;
  toMinor: number;
}

/**
 * Staff hold more on the same card. The whole amount is reserved under the cap when the call is written
 * down, and given back when the bank does not allow it.
 * @param ask.amount what is to be held in all, as typed, in the currency's major unit
 * @throws Refusal `not_found`, `reason_missing`, `order_not_held`, what an amount can be refused for,
 *   `raise_not_above_hold`, what {@link requireChargeable} throws, `agreement_cap_exceeded`,
 *   `payment_under_way` (another raise, or its end), `hold_not_raisable`, `stripe_unavailable`
 */
export async function raiseHold(
  runtime: Runtime,
  ask: { paymentId: string; staffId: string; amount: string; reason: string },
): Promise<void> {
  const reason = requireReason(ask.reason);
  const operation = await inTransaction(runtime.db, async (tx) => {
    const payment = await holdPayment(tx, ask.paymentId);
    if (!payment) throw new Refusal('not_found', 'paymentId');
    const live = await findLiveIntent(tx, payment.id);
    if (payment.kind !== 'hold' || payment.status !== 'requires_capture' || !live) {
      throw new Refusal('order_not_held');
    }
    const kinds = ['raise_intent', 'capture_intent', 'release_intent'] as const;
    if (await hasBegun(tx, live.id, { kinds, statuses: ['open'] })) {
      throw new Refusal('payment_under_way');
    }
    const toMinor = await readRaise(tx, runtime, payment, ask.amount);
    const { stripePaymentIntentId } = live;
    const request: RaiseRequest = {
      stripePaymentIntentId,
      paymentId: payment.id,
      fromMinor: payment.amountMinor,
      toMinor,
    };
    await updatePayment(tx, payment.id, { amountMinor: toMinor });
    await audit(tx, runtime.clock, {
      actor: { kind: 'staff', id: ask.staffId },
      action: 'payment.raise_requested',
      subject: { kind: 'payment', id: payment.id },
      details: { fromMinor: payment.amountMinor, toMinor, reason },
    });
    const call = { kind: 'raise_intent', subjectId: live.id, request, afterDone: true } as const;
    return beginOperation(tx, runtime.clock, call);
  });
  await finishRaiseHold(runtime, operation);
  const { toMinor } = JSON.parse(operation.request) as RaiseRequest;
  const after = await findPayment(runtime.db, ask.paymentId);
  if (after?.amountMinor !== toMinor) throw new Refusal('hold_not_raisable');
}

/** @returns what is to be held in all, in minor units */
async function readRaise(
  tx: Tx,
  runtime: Runtime,
  payment: Row<'payments'>,
  typed: string,
): Promise<number> {
  const { agreementId, paymentMethodId, currency, amountMinor: held } = payment;
  const toMinor = parseAmount(typed, currency, runtime.settings.maxChargeMajor);
  if (toMinor <= held) {
    throw new Refusal('raise_not_above_hold', 'amount', { held: formatAmount(held, currency) });
  }
  if (!agreementId || !paymentMethodId) throw new Refusal('agreement_not_active');
  const terms = { ...payment, agreementId, paymentMethodId };
  const { agreement } = await requireChargeable(tx, terms, runtime.clock.now());
  await requireRoom(tx, agreement, toMinor - held);
  return toMinor;
}

/** Makes the call and takes its answer to the door; also what the worker does after a crash. */
export async function finishRaiseHold(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<void> {
  const asOf = runtime.clock.now();
  const { toMinor } = JSON.parse(operation.request) as RaiseRequest;
  const intent = await performOperation(runtime, operation, (request: RaiseRequest, options) =>
    callStripe(runtime, request, options),
  );
  // Before the door, which may see the hold's end and place it anew.
  if (intent.amount < toMinor) await giveBack(runtime, operation);
  await settlePaymentIntent(runtime, { intent, asOf, actor: { kind: 'stripe' } });
  await endOperation(runtime.db, operation.id, { status: 'done', now: runtime.clock.now() });
}

/** The intent as it is after that, raised or not: an earlier sending may have raised it. */
async function callStripe(
  runtime: Runtime,
  request: RaiseRequest,
  options: { idempotencyKey: string },
): Promise<Stripe.PaymentIntent> {
  const { stripePaymentIntentId: id, toMinor } = request;
  const params = { amount: toMinor, expand: ['latest_charge'] };
  const call = runtime.stripe.paymentIntents.incrementAuthorization(id, params, options);
  try {
    return await orAsItIs(runtime, id, call);
  } catch (error) {
    const isNo = error instanceof Stripe.errors.StripeError && classifyError(error) === 'refused';
    if (!isNo) throw error;
    return runtime.stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
  }
}

/** It was not raised: what was reserved for it is free again. */
function giveBack(runtime: Runtime, operation: Row<'stripeOperations'>): Promise<void> {
  const { paymentId, fromMinor, toMinor } = JSON.parse(operation.request) as RaiseRequest;
  return inTransaction(runtime.db, async (tx) => {
    const payment = await holdPayment(tx, paymentId);
    // Another process may have given it back already, and staff may have asked again since.
    const isOpen = (await findOperationByKey(tx, operation.idempotencyKey))?.status === 'open';
    if (!isOpen) return;
    if (payment?.amountMinor === toMinor) {
      await updatePayment(tx, paymentId, { amountMinor: fromMinor });
    }
    const now = runtime.clock.now();
    await endOperation(tx, operation.id, { status: 'refused', errorCode: 'not_raised', now });
  });
}
