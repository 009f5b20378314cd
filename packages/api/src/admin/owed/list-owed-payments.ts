import { listOwed } from '@onfile/db/views/owed-list.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { nameMethod } from '@onfile/payments/payment-methods/name-method.ts';
import { mayPayByLink } from '@onfile/payments/recovery/send-recovery-link.ts';
import { z } from 'zod';
import { pageInput, pagingOf, rowsOf } from '../../paging.ts';
import { viewerProcedure } from '../../procedures.ts';
import { dayOf } from '../../show-order.ts';
import { showDecisions, showNextStep } from '../../show-decisions.ts';

const pageSize = 25;

const filters = [
  'scheduled',
  'planned',
  'retried',
  'paused',
  'to_recover',
  'shopper',
  'staff',
  'given_up',
] as const;

/** Amounts that are charged by agreement and not paid yet, those that come next first. */
export const listOwedPayments = viewerProcedure
  .input(pageInput.extend({ filter: z.enum(filters) }))
  .query(async ({ ctx, input }) => {
    const { filter, page } = input;
    const { payments, total } = await listOwed(ctx.runtime.db, {
      filter,
      ...rowsOf(page, pageSize),
    });
    return {
      payments: payments.map((payment) => ({
        id: payment.id,
        amountText: formatAmount(payment.amountMinor, payment.currency),
        reason: payment.reason,
        customerId: payment.customerId,
        customerEmail: payment.customerEmail,
        dueOn: dayOf(payment.dueAt, ctx.runtime.settings.timeZone),
        methodText: payment.paymentMethodId ? nameMethod(payment) : null,
        ...showNextStep(payment),
        mayLink: mayPayByLink(payment),
        decisions: showDecisions(payment, ctx.runtime, payment.triesMadeInAll),
      })),
      paging: pagingOf(page, pageSize, total),
    };
  });
