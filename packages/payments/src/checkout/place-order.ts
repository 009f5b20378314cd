import { randomInt } from 'node:crypto';
import type { Instant, Row, Tx } from '@onfile/db/database.ts';
import { findProductBySlug, insertOrder } from '@onfile/db/tables/orders.ts';
import { insertPayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { newId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { planPayments } from './payment-plan.ts';
import type { PaymentPlan } from './payment-plan.ts';

/** No letters and digits that are taken for each other; enough of them that none is guessed. */
const numberAlphabet = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

/** What people call an order, and what a guest proves it with: `K7MQ-92TX`. */
function newOrderNumber(): string {
  const letters = Array.from({ length: 8 }, () =>
    numberAlphabet.charAt(randomInt(numberAlphabet.length)),
  );
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}

/** The plan of a product or of an order, as it is stored. */
export function planOf(row: { plan: string }): PaymentPlan {
  return JSON.parse(row.plan) as PaymentPlan;
}

const mostOfOne = 20;

/**
 * A shopper orders: the order, what it contains and everything that it will owe are written at
 * once, from our own prices. Nothing is charged yet.
 * @throws Refusal `not_found` at `slug`, `quantity_not_allowed`, `event_date_needed`
 */
export function placeOrder(
  runtime: Runtime,
  wish: { customerId: string; slug: string; quantity: number; eventAt: Instant | null },
): Promise<Row<'orders'>> {
  return inTransaction(runtime.db, async (tx) => {
    const product = await findProductBySlug(tx, wish.slug);
    if (!product) throw new Refusal('not_found', 'slug');
    if (!Number.isInteger(wish.quantity) || wish.quantity < 1 || wish.quantity > mostOfOne) {
      throw new Refusal('quantity_not_allowed', 'quantity', { most: String(mostOfOne) });
    }
    const now = runtime.clock.now();
    const isDated = planOf(product).kind !== 'full' && planOf(product).kind !== 'check_stock';
    if (isDated && (wish.eventAt === null || wish.eventAt <= now)) {
      throw new Refusal('event_date_needed', 'eventAt');
    }
    const order: Row<'orders'> = {
      id: newId('order'),
      number: newOrderNumber(),
      customerId: wish.customerId,
      agreementId: null,
      status: 'open',
      currency: product.currency,
      totalMinor: product.amountMinor * wish.quantity,
      plan: product.plan,
      eventAt: isDated ? wish.eventAt : null,
      placedAt: now,
      updatedAt: now,
    };
    await insertOrder(tx, order, [itemOf(order, product, wish.quantity)]);
    await insertPlanned(tx, runtime, order, product.name);
    await audit(tx, runtime.clock, {
      actor: { kind: 'shopper', id: wish.customerId },
      action: 'order.placed',
      subject: { kind: 'order', id: order.id },
      details: { number: order.number, product: product.slug, quantity: wish.quantity },
    });
    return order;
  });
}

function itemOf(
  order: Row<'orders'>,
  product: Row<'products'>,
  quantity: number,
): Row<'orderItems'> {
  return {
    orderId: order.id,
    position: 1,
    productId: product.id,
    description: product.name,
    quantity,
    unitAmountMinor: product.amountMinor,
    stripePriceId: product.stripePriceId,
  };
}

async function insertPlanned(
  tx: Tx,
  runtime: Runtime,
  order: Row<'orders'>,
  what: string,
): Promise<void> {
  const { now, timeZone } = { now: order.placedAt, timeZone: runtime.settings.timeZone };
  for (const planned of planPayments(planOf(order), { ...order, now, timeZone })) {
    const isNow = planned.dueAt === 'now';
    await insertPayment(tx, {
      id: newId('payment'),
      customerId: order.customerId,
      orderId: order.id,
      kind: planned.kind,
      amountMinor: planned.amountMinor,
      currency: order.currency,
      reason: `${what} (${order.number})`,
      status: isNow ? 'requires_payment_method' : 'scheduled',
      dueAt: planned.dueAt === 'now' ? now : planned.dueAt,
      createdAt: now,
      updatedAt: now,
    });
  }
}
