import type { Row, Tx } from '@onfile/db/database.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import { listOpenSessionsOf } from '@onfile/db/tables/checkout-sessions.ts';
import { lockPayment } from '@onfile/db/tables/held-payments.ts';
import { findPayment, updatePayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import type { Actor } from '../audit.ts';
import { listOpenCreates } from '../checkout/finish-create-intent.ts';
import { retireWaysToPay } from '../checkout/retire-ways-to-pay.ts';
import { methodOwner } from '../customers/method-owner.ts';
import { tellPaymentChange } from '../mail/tell-payment-change.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { beginAttempt } from './begin-attempt.ts';
import { checkCharge } from './check-charge.ts';
import { planNextStep } from './plan-next-step.ts';
import { sendAttempt } from './send-attempt.ts';

/** For how long the worker leaves a payment alone whose shopper has opened a step to pay it. */
export const shopperStepMs = 30 * 60 * 1000;

/** Staff do not wait for its time; `triesSeen` is how many tries they knew of. */
interface Ahead {
  triesSeen: number;
}

/**
 * Tries to collect a payment whose time has come, with the method that is on file for it. Every page
 * on which its shopper could pay it is ended first, so that there is never a second success; a live
 * intent of ours is confirmed once more.
 * @returns the payment as it is afterwards
 */
export async function chargePayment(
  runtime: Runtime,
  paymentId: string,
  actor: Actor,
  ahead: Ahead | null = null,
): Promise<Row<'payments'>> {
  const before = await getPayment(runtime, paymentId);
  if (isWorthRetiring(runtime, before)) {
    await retireWaysToPay(runtime, before, { ownIntent: true });
  }
  const attempt = await inTransaction(runtime.db, (tx) =>
    beginIfDue(tx, runtime, before, { actor, ahead }),
  );
  if (attempt) await sendAttempt(runtime, attempt);
  return getPayment(runtime, paymentId);
}

async function getPayment(runtime: Runtime, paymentId: string): Promise<Row<'payments'>> {
  const payment = await findPayment(runtime.db, paymentId);
  if (!payment) throw new Error(`payment ${paymentId} is gone`);
  return payment;
}

/** A page that a shopper has just opened is theirs; an older one is ended before the card is tried. */
function isWorthRetiring(runtime: Runtime, payment: Row<'payments'>): boolean {
  return mayChargeAhead(payment) && !isShopperAtIt(runtime, payment);
}

/** What a try may be made of: it is planned already, or Stripe refused the last request as it was. */
export function mayChargeAhead(payment: Row<'payments'>): boolean {
  return payment.nextStep === 'charge' || payment.nextStepReason === 'rejected';
}

/** Whether a page on which its shopper pays was opened less than 30 minutes ago. */
export function isShopperAtIt(runtime: Runtime, payment: Row<'payments'>): boolean {
  const { shopperStepAt } = payment;
  return shopperStepAt !== null && runtime.clock.now() < shopperStepAt + shopperStepMs;
}

/**
 * Reads everything again while the customer's row is held, and writes the attempt: from here on its
 * amount is reserved under the cap. Where something stands in the way, that becomes the next step.
 */
async function beginIfDue(
  tx: Tx,
  runtime: Runtime,
  before: Row<'payments'>,
  by: { actor: Actor; ahead: Ahead | null },
): Promise<Row<'attempts'> | null> {
  const customer = await lockCustomer(tx, before.customerId);
  await lockPayment(tx, before.id);
  // What is known now decides, not what was planned when the payment was last looked at.
  const payment = await planNextStep(tx, runtime, before.id);
  await tellPaymentChange(tx, runtime, { before, after: payment });
  const now = runtime.clock.now();
  const isDue = payment.chargeAt !== null && payment.chargeAt <= now;
  if (!(by.ahead ? await isAhead(tx, payment, by.ahead) : isDue)) return null;
  if (isShopperAtIt(runtime, payment) || (await hasPageOpen(tx, payment.id))) {
    const chargeAt = Math.max(now, payment.shopperStepAt ?? now) + shopperStepMs;
    await updatePayment(tx, payment.id, { chargeAt, leasedUntil: null, leaseHolder: null });
    return null;
  }
  const { agreementId, paymentMethodId } = payment;
  if (!customer || !agreementId || !paymentMethodId) {
    throw new Error(`payment ${payment.id} is planned without a method`);
  }
  const method = await checkRoom(tx, runtime, { ...payment, agreementId, paymentMethodId });
  if (!method) return null;
  const owner = methodOwner(method, customer);
  if (!owner) throw new Error(`customer ${customer.id} is not known at Stripe`);
  const attempt = await beginAttempt(tx, runtime, payment, { method, owner });
  await audit(tx, runtime.clock, {
    actor: by.actor,
    action: 'payment.attempt_begun',
    subject: { kind: 'payment', id: payment.id },
    details: { attempt: attempt.number, why: payment.nextStepReason, method: method.id },
  });
  await planNextStep(tx, runtime, payment.id);
  return attempt;
}

/** A second click on the same page meets the try that the first has made. */
async function isAhead(tx: Tx, payment: Row<'payments'>, { triesSeen }: Ahead): Promise<boolean> {
  return mayChargeAhead(payment) && (await listAttempts(tx, payment.id)).length <= triesSeen;
}

async function hasPageOpen(tx: Tx, paymentId: string): Promise<boolean> {
  if ((await listOpenSessionsOf(tx, paymentId)).length > 0) return true;
  return (await listOpenCreates(tx, paymentId)).length > 0;
}

/** The method, or null where the cap has no room left: then staff have to decide. */
async function checkRoom(
  tx: Tx,
  runtime: Runtime,
  payment: Row<'payments'> & { agreementId: string; paymentMethodId: string },
): Promise<Row<'paymentMethods'> | null> {
  try {
    return await checkCharge(tx, payment, runtime.clock.now());
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await updatePayment(tx, payment.id, {
      nextStep: 'staff',
      nextStepReason: error.code,
      chargeAt: null,
      leasedUntil: null,
      leaseHolder: null,
    });
    await audit(tx, runtime.clock, {
      actor: { kind: 'worker' },
      action: 'payment.charge_refused',
      subject: { kind: 'payment', id: payment.id },
      details: { code: error.code },
    });
    return null;
  }
}
