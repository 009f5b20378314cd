import type { OrderPage } from '@onfile/db/views/order-pages.ts';
import { listSavedMethods } from '@onfile/db/views/saved-methods.ts';
import { firstPurpose } from '@onfile/payments/agreements/terms.ts';
import { asksForTerms } from '@onfile/payments/checkout/agreement-of-order.ts';
import { lookAtOrder } from '@onfile/payments/checkout/look-at-order.ts';
import { isOffered } from '@onfile/payments/checkout/pay-with-saved-method.ts';
import { planOf, shareOf } from '@onfile/payments/checkout/payment-plan.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { expiryText, nameMethod } from '@onfile/payments/payment-methods/name-method.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { buyerProcedure } from '../../procedures.ts';
import { showOrder } from '../../show-order.ts';
import { readOwnOrder } from '../orders/read-own-order.ts';
import { showTerms } from '../show-terms.ts';
import { showStanding } from './show-standing.ts';

/** All that the checkout page shows: the order, what is agreed to, and the cards that are on file. */
export const openCheckout = buyerProcedure
  .input(z.strictObject({ orderId: idOf('order') }))
  .query(async ({ ctx, input }) => {
    const { runtime, customer } = ctx;
    const ask = { customerId: customer.id, ...input };
    const standing = await lookAtOrder(runtime, ask);
    const order = await readOwnOrder(runtime, ask);
    return {
      order: showOrder(order, runtime),
      plan: planOf(order),
      dueNowText: dueNowText(order),
      feeText: feeText(order),
      way: runtime.settings.checkoutWay,
      standing: showStanding(standing),
      terms: asksForTerms(runtime, order)
        ? await showTerms(ctx, firstPurpose, order.currency)
        : null,
      savedCards: await showSavedCards(runtime, customer.id),
    };
  });

/** What the shopper pays now; null where nothing is due. */
function dueNowText(order: OrderPage): string | null {
  const due = order.payments.find(
    ({ kind, status }) =>
      kind !== 'hold' && (status === 'requires_payment_method' || status === 'requires_action'),
  );
  return due ? formatAmount(due.amountMinor, due.currency) : null;
}

/** What a no-show would cost; null where the plan has no such fee. */
function feeText(order: OrderPage): string | null {
  const plan = planOf(order);
  if (plan.kind !== 'card_kept') return null;
  return formatAmount(shareOf(order.totalMinor, plan.feePercent, order.currency), order.currency);
}

/**
 * Cards on file, and whether each may be used here: one saved for a single purpose may not. One that
 * staff have to decide about is left out: what a shopper told their bank is not for this page.
 */
async function showSavedCards(runtime: Runtime, customerId: string) {
  const page = { limit: 100, offset: 0 };
  const methods = await listSavedMethods(runtime.db, customerId, { detachedToo: false, page });
  return methods
    .filter(
      ({ type, status, frozenAt }) => type === 'card' && status === 'attached' && frozenAt === null,
    )
    .map((method) => ({
      id: method.id,
      name: nameMethod(method),
      nickname: method.nickname,
      expiryText: expiryText(method),
      isDefault: method.isDefault,
      isOffered: isOffered(method),
    }));
}
