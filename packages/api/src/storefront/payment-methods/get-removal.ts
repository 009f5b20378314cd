import { listMethodChoices } from '@onfile/db/views/saved-methods.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { canStandIn } from '@onfile/payments/payment-methods/can-stand-in.ts';
import { getRemoval as get } from '@onfile/payments/payment-methods/get-removal.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { shopperProcedure } from '../../procedures.ts';
import { showMethodChoice } from './show-wallet-method.ts';

/** What depends on a method, and what could take its place. */
export const getRemoval = shopperProcedure
  .input(z.strictObject({ paymentMethodId: idOf('paymentMethod') }))
  .query(async ({ ctx, input }) => {
    const { runtime, customer } = ctx;
    const removal = await get(runtime, { customerId: customer.id, ...input });
    const choices = await listMethodChoices(runtime.db, customer.id);
    return {
      inUse: removal.inUse,
      agreements: removal.agreements.map((agreement) => ({
        id: agreement.id,
        acceptedAt: agreement.acceptedAt,
        capText: formatAmount(agreement.capAmountMinor, agreement.currency),
      })),
      payments: removal.payments.map((payment) => ({
        id: payment.id,
        amountText: formatAmount(payment.amountMinor, payment.currency),
        reason: payment.reason,
        dueAt: payment.dueAt,
      })),
      replacements: choices
        .filter((choice) => choice.id !== input.paymentMethodId && canStandIn(choice, removal))
        .map((choice) => showMethodChoice(choice, runtime)),
    };
  });
