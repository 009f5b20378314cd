import type { Row, Tx } from '@onfile/db/database.ts';
import type { HoldEnd } from '@onfile/db/payments.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import {
  findPayment,
  findPaymentByChargeRequest,
  findSamePayment,
  insertPayment,
} from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { methodOwner } from '../customers/method-owner.ts';
import { newId } from '../ids.ts';
import { parseAmount } from '../money.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { beginAttempt } from './begin-attempt.ts';
import type { ChargeTerms } from './check-charge.ts';
import { nothingPlanned } from './nothing-planned.ts';
import { checkCharge } from './check-charge.ts';
import { sendAttempt } from './send-attempt.ts';

/** For how long the same customer and amount make staff look twice. */
const duplicateWindowMs = 24 * 60 * 60 * 1000;

export interface StaffCharge {
  chargeRequestId: string;
  staffId: string;
  customerId: string;
  agreementId: string;
  paymentMethodId: string;
  /** As typed, in the currency's major unit. */
  amount: string;
  currency: string;
  /** What it is for; the shopper sees it. */
  reason: string;
  /** Null: it is charged. Else it is only held, and this is what comes at the end of its time. */
  hold: HoldEnd | null;
  /** The earlier payment that staff were shown, and go past. */
  goPastPaymentId: string | null;
}

export type ChargeAnswer =
  { kind: 'duplicate'; earlier: Row<'payments'> } | { kind: 'payment'; payment: Row<'payments'> };

/**
 * Staff charge a saved method, off-session. The charge request's id makes one payment, however
 * often it comes: a double click, a reload and a second tab all get the first one's answer.
 * @throws Refusal with the field at fault
 */
export async function chargeSavedMethod(
  runtime: Runtime,
  charge: StaffCharge,
): Promise<ChargeAnswer> {
  const reason = charge.reason.trim();
  if (!reason) throw new Refusal('reason_missing', 'reason');
  const currency = charge.currency.toLowerCase();
  const amountMinor = parseAmount(charge.amount, currency, runtime.settings.maxChargeMajor);
  const terms = {
    ...charge,
    kind: charge.hold ? ('hold' as const) : ('fee' as const),
    amountMinor,
    currency,
    reason,
  };

  const begun = await inTransaction(runtime.db, (tx) => beginCharge(tx, runtime, terms));
  if (begun.kind === 'duplicate') return begun;
  if (begun.attempt) await sendAttempt(runtime, begun.attempt);
  const payment = await findPayment(runtime.db, begun.payment.id);
  if (!payment) throw new Error(`payment ${begun.payment.id} is gone`);
  return { kind: 'payment', payment };
}

type Begun =
  | { kind: 'duplicate'; earlier: Row<'payments'> }
  | { kind: 'payment'; payment: Row<'payments'>; attempt: Row<'attempts'> | null };

async function beginCharge(
  tx: Tx,
  runtime: Runtime,
  charge: StaffCharge & ChargeTerms,
): Promise<Begun> {
  const customer = await lockCustomer(tx, charge.customerId);
  if (!customer) throw new Refusal('not_found', 'customerId');
  const first = await findPaymentByChargeRequest(tx, charge.chargeRequestId);
  if (first) {
    if (first.customerId !== customer.id) throw new Refusal('charge_request_reused');
    return { kind: 'payment', payment: first, attempt: null };
  }
  const method = await checkCharge(tx, charge, runtime.clock.now());
  if (charge.hold && method.type !== 'card') {
    throw new Refusal('method_cannot_be_held', 'paymentMethodId');
  }
  const earlier = await findSamePayment(tx, {
    ...charge,
    since: runtime.clock.now() - duplicateWindowMs,
  });
  if (earlier && earlier.id !== charge.goPastPaymentId) return { kind: 'duplicate', earlier };
  const owner = methodOwner(method, customer);
  if (!owner) throw new Error(`customer ${customer.id} is not known at Stripe`);

  const payment = await writePayment(tx, runtime, charge, earlier?.id ?? null);
  const attempt = await beginAttempt(tx, runtime, payment, {
    method,
    owner,
  });
  return { kind: 'payment', payment, attempt };
}

async function writePayment(
  tx: Tx,
  runtime: Runtime,
  charge: StaffCharge & ChargeTerms,
  duplicateOfPaymentId: string | null,
): Promise<Row<'payments'>> {
  const now = runtime.clock.now();
  const payment: Row<'payments'> = {
    id: newId('payment'),
    customerId: charge.customerId,
    agreementId: charge.agreementId,
    orderId: null,
    paymentMethodId: charge.paymentMethodId,
    kind: charge.kind,
    amountMinor: charge.amountMinor,
    amountReceivedMinor: 0,
    currency: charge.currency,
    reason: charge.reason,
    status: 'requires_payment_method',
    dueAt: now,
    chargeRequestId: charge.chargeRequestId,
    createdByStaffId: charge.staffId,
    duplicateOfPaymentId,
    createdAt: now,
    updatedAt: now,
    settledAt: null,
    ...nothingPlanned,
    holdEnd: charge.hold,
  };
  await insertPayment(tx, payment);
  await audit(tx, runtime.clock, {
    actor: { kind: 'staff', id: charge.staffId },
    action: 'payment.charge_requested',
    subject: { kind: 'payment', id: payment.id },
    details: {
      amountMinor: charge.amountMinor,
      currency: charge.currency,
      reason: charge.reason,
      ...(charge.hold && { heldUntilItsEnd: charge.hold }),
      agreement: charge.agreementId,
      method: charge.paymentMethodId,
      wentPastDuplicate: duplicateOfPaymentId,
    },
  });
  return payment;
}
