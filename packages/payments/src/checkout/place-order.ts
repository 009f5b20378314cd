import { randomInt } from 'node:crypto';
import { fromAbsolute, parseDate, toCalendarDate, toZoned } from '@internationalized/date';
import type { Instant, Row, Tx } from '@onfile/db/database.ts';
import { findProductBySlug, insertOrder } from '@onfile/db/tables/orders.ts';
import { insertPayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { planNextStep } from '../charging/plan-next-step.ts';
import { holdCustomer } from '../customers/hold-customer.ts';
import { newId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { requireCoveredLater } from './agreement-of-order.ts';
import { planOf, planPayments } from './payment-plan.ts';

/** No letters and digits that are taken for each other; enough of them that none is guessed. */
const numberAlphabet = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

/** What people call an order, and what a guest proves it with: `K7MQ-92TX`. */
function newOrderNumber(): string {
  const letters = Array.from({ length: 8 }, () =>
    numberAlphabet.charAt(randomInt(numberAlphabet.length)),
  );
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}

/** How many of one product may be ordered at once. */
export const mostOfOne = 20;

/** The instant that a day in the shop's calendar (`2027-06-30`) is taken for: its noon. */
export function eventAtOf(runtime: Pick<Runtime, 'settings'>, day: string): Instant {
  const noon = toZoned(parseDate(day), runtime.settings.timeZone).set({ hour: 12 });
  return noon.toDate().getTime();
}

/** The first day that may be booked: tomorrow, in the shop's calendar. */
export function eventDay(runtime: Pick<Runtime, 'clock' | 'settings'>): string {
  const today = toCalendarDate(fromAbsolute(runtime.clock.now(), runtime.settings.timeZone));
  return today.add({ days: 1 }).toString();
}

/**
 * A shopper orders: the order, what it contains and everything that it will owe are written at
 * once, from our own prices. Nothing is charged yet.
 * @throws Refusal `not_found` at `slug`, `quantity_not_allowed`, `event_date_needed`,
 *   `order_above_terms`
 */
export function placeOrder(
  runtime: Runtime,
  wish: {
    customerId: string;
    slug: string;
    quantity: number;
    eventAt: Instant | null;
    /** The language in which the terms will be shown. */
    locale: string;
  },
): Promise<Row<'orders'>> {
  return inTransaction(runtime.db, async (tx) => {
    await holdCustomer(tx, wish.customerId);
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
    await requireCoveredLater({ ...runtime, db: tx }, order, wish.locale);
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
    const id = newId('payment');
    await insertPayment(tx, {
      id,
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
    await planNextStep(tx, runtime, id);
  }
}
