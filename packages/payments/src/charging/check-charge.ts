import type { Instant, PaymentKind, Row, Tx } from '@onfile/db/database.ts';
import { agreementNamesMethod, findAgreement } from '@onfile/db/tables/agreements.ts';
import { isFrozen } from '@onfile/db/tables/frozen-methods.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { purposeCovers } from '../agreements/purposes.ts';
import { requireRoom } from '../agreements/require-room.ts';
import { Refusal } from '../refusal.ts';

export interface ChargeTerms {
  customerId: string;
  agreementId: string;
  paymentMethodId: string;
  kind: PaymentKind;
  amountMinor: number;
  currency: string;
}

/**
 * Everything that must hold before an attempt is written, read inside its transaction while the
 * customer's row is held, so that two charges never both fit under one cap.
 * @returns the method to charge
 * @throws Refusal with the field at fault
 */
export async function checkCharge(
  tx: Tx,
  terms: ChargeTerms,
  now: Instant,
): Promise<Row<'paymentMethods'>> {
  const { agreement, method } = await requireChargeable(tx, terms, now);
  await requireRoom(tx, agreement, terms.amountMinor);
  return method;
}

/**
 * All of it but the room under the cap, which other payments may take or leave until the day comes.
 * @throws Refusal with the field at fault
 */
export async function requireChargeable(
  tx: Tx,
  terms: Omit<ChargeTerms, 'amountMinor'>,
  now: Instant,
): Promise<{ agreement: Row<'agreements'>; method: Row<'paymentMethods'> }> {
  const agreement = await findAgreement(tx, terms.agreementId);
  if (agreement?.customerId !== terms.customerId) throw new Refusal('not_found', 'agreementId');
  const method = await findPaymentMethod(tx, terms.paymentMethodId);
  if (method?.customerId !== terms.customerId) throw new Refusal('not_found', 'paymentMethodId');
  requireHolding(agreement, terms.kind, now);
  if (agreement.currency !== terms.currency) {
    throw new Refusal('agreement_currency_differs', 'currency', {
      currency: agreement.currency.toUpperCase(),
    });
  }
  if (method.status !== 'attached') {
    throw new Refusal('payment_method_detached', 'paymentMethodId');
  }
  if (method.mandateStatus === 'inactive') {
    throw new Refusal('mandate_inactive', 'paymentMethodId');
  }
  if (await isFrozen(tx, method)) throw new Refusal('payment_method_frozen', 'paymentMethodId');
  if (!(await agreementNamesMethod(tx, agreement.id, method.id))) {
    throw new Refusal('agreement_does_not_name_method', 'paymentMethodId');
  }
  return { agreement, method };
}

/** An agreement that stands now, and was made for charges of this kind while the shopper is away. */
function requireHolding(agreement: Row<'agreements'>, kind: PaymentKind, now: Instant): void {
  if (agreement.status !== 'active') throw new Refusal('agreement_not_active', 'agreementId');
  if (agreement.validUntil !== null && agreement.validUntil <= now) {
    throw new Refusal('agreement_expired', 'agreementId');
  }
  if (agreement.usage !== 'off_session' || !purposeCovers(agreement.purpose, kind)) {
    throw new Refusal('agreement_covers_other_purpose', 'agreementId');
  }
}
