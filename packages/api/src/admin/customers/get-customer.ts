import { listAgreements } from '@onfile/db/views/customer-pages.ts';
import type { AgreementView } from '@onfile/db/views/customer-pages.ts';
import { listPayments } from '@onfile/db/views/payment-pages.ts';
import { listSavedMethods } from '@onfile/db/views/saved-methods.ts';
import { shownAddress } from '@onfile/db/views/shown-address.ts';
import { leftUnderCap } from '@onfile/payments/agreements/check-cap.ts';
import { sectionsOf } from '@onfile/payments/agreements/terms.ts';
import { getCustomer as get } from '@onfile/payments/customers/get-customer.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { viewerProcedure } from '../../procedures.ts';
import { showPayment } from '../../show-payment.ts';
import { showSavedMethod } from '../../show-saved-method.ts';

function showAgreement(agreement: AgreementView) {
  const { currency, capAmountMinor, usedMinor } = agreement;
  return {
    id: agreement.id,
    purpose: agreement.purpose,
    version: agreement.version,
    status: agreement.status,
    sections: sectionsOf(agreement),
    textHash: agreement.termsHash,
    acceptedAt: agreement.acceptedAt,
    ipAddress: agreement.ipAddress,
    userAgent: agreement.userAgent,
    currency,
    capAmountMinor,
    capText: formatAmount(capAmountMinor, currency),
    usedText: formatAmount(usedMinor, currency),
    leftText: formatAmount(leftUnderCap(capAmountMinor, usedMinor), currency),
    methodIds: agreement.methodIds,
  };
}

/** One customer with what is on file, what was agreed and what was charged. */
export const getCustomer = viewerProcedure
  .input(z.strictObject({ customerId: idOf('customer') }))
  .query(async ({ ctx, input }) => {
    const { db } = ctx.runtime;
    const customer = await get(db, input.customerId);
    const [methods, agreements, payments] = await Promise.all([
      listSavedMethods(db, customer.id, { detachedToo: true }),
      listAgreements(db, customer.id),
      listPayments(db, { customerId: customer.id, limit: 50 }),
    ]);
    return {
      id: customer.id,
      /** Null once they were erased. */
      email: shownAddress(customer.email),
      name: customer.name,
      createdAt: customer.createdAt,
      erasedAt: customer.erasedAt,
      stripeCustomerId: customer.stripeCustomerId,
      methods: methods.map(showSavedMethod),
      agreements: agreements.map(showAgreement),
      payments: payments.map(showPayment),
    };
  });
