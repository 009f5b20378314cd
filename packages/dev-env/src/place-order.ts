import type { Row } from '@onfile/db/database.ts';
import { insertProduct } from '@onfile/db/tables/orders.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { firstLocale } from '@onfile/payments/agreements/terms.ts';
import type { PaymentPlan } from '@onfile/payments/checkout/payment-plan.ts';
import { keepCardForOrder } from '@onfile/payments/checkout/keep-card-for-order.ts';
import { placeOrder } from '@onfile/payments/checkout/place-order.ts';
import { settlePaymentSession } from '@onfile/payments/checkout/settle-payment-session.ts';
import { startCheckout } from '@onfile/payments/checkout/start-checkout.ts';
import { newId } from '@onfile/payments/ids.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { settleCheckoutSession } from '@onfile/payments/setup/settle-checkout-session.ts';
import { agree } from './agree.ts';
import { completeSetup } from './complete-setup.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Puts a product with this plan into the catalogue and orders it for a day in two months. */
export async function orderWithPlan(
  runtime: Runtime,
  customer: Row<'customers'>,
  plan: PaymentPlan,
  price: { amountMinor: number; currency: string } = { amountMinor: 9_999, currency: 'usd' },
): Promise<Row<'orders'>> {
  const id = newId('product');
  await insertProduct(runtime.db, {
    id,
    slug: id,
    name: 'Cabin for two nights',
    description: 'By the lake.',
    plan: JSON.stringify(plan),
    isActive: 1,
    position: 1,
    ...price,
  });
  return placeOrder(runtime, {
    customerId: customer.id,
    slug: id,
    quantity: 1,
    eventAt: runtime.clock.now() + 60 * dayMs,
    locale: firstLocale,
  });
}

/** An order whose amount is held on a card until staff have checked the stock. */
export async function holdForOrder(
  test: { runtime: Runtime; sandbox: { url: string } },
  customer: Row<'customers'>,
  price?: { amountMinor: number; currency: string },
): Promise<{ orderId: string }> {
  const { runtime } = test;
  const { id: orderId } = await orderWithPlan(runtime, customer, { kind: 'check_stock' }, price);
  const start = { customer, orderId, uiMode: 'embedded_page', acceptance: null } as const;
  const { clientSecret } = await startCheckout(runtime, start);
  const session = clientSecret?.split('_secret_')[0] ?? '';
  await completeSetup(test, session, '4242424242424242');
  await settlePaymentSession(runtime, session, { kind: 'shopper', id: customer.id });
  return { orderId };
}

/** An order whose deposit of 30 % was paid with this card. @returns the balance that is left */
export async function depositPaid(
  test: { runtime: Runtime; sandbox: { url: string } },
  customer: Row<'customers'>,
  card: string,
): Promise<Row<'payments'>> {
  const { runtime } = test;
  const plan = { kind: 'deposit', depositPercent: 30, balanceDaysBefore: 14 } as const;
  const order = await orderWithPlan(runtime, customer, plan);
  const { clientSecret } = await startCheckout(runtime, {
    customer,
    orderId: order.id,
    uiMode: 'embedded_page',
    acceptance: await agree(runtime),
  });
  const session = clientSecret?.split('_secret_')[0] ?? '';
  await completeSetup(test, session, card);
  await settlePaymentSession(runtime, session, { kind: 'stripe' });
  const payments = await listOrderPayments(runtime.db, order.id);
  const balance = payments.find(({ kind }) => kind === 'balance');
  if (!balance) throw new Error('the order has no balance');
  return balance;
}

/** A booking of a massage's kind, for which a card was kept: half its price when it is missed. */
export async function reservationKept(
  test: { runtime: Runtime; sandbox: { url: string } },
  customer: Row<'customers'>,
  given: { card?: string; price?: { amountMinor: number; currency: string } } = {},
): Promise<Row<'orders'>> {
  const { runtime } = test;
  const plan = { kind: 'card_kept', feePercent: 50, freeCancellationHours: 48 } as const;
  const order = await orderWithPlan(runtime, customer, plan, given.price);
  const started = await keepCardForOrder(runtime, {
    customer,
    orderId: order.id,
    uiMode: 'elements',
    acceptance: await agree(runtime),
  });
  if (!('clientSecret' in started)) throw new Error('asked for a form, got a page');
  const session = started.clientSecret.split('_secret_')[0] ?? '';
  await completeSetup(test, session, given.card ?? '4242424242424242');
  await settleCheckoutSession(runtime, session, { kind: 'shopper', id: customer.id });
  return order;
}
