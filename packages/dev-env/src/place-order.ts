import type { Row } from '@onfile/db/database.ts';
import { insertProduct } from '@onfile/db/tables/orders.ts';
import type { PaymentPlan } from '@onfile/payments/checkout/payment-plan.ts';
import { placeOrder } from '@onfile/payments/checkout/place-order.ts';
import { newId } from '@onfile/payments/ids.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';

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
  });
}
