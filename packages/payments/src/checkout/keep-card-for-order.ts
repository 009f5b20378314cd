import type { PaymentStatus, Row } from '@onfile/db/database.ts';
import { findOrder } from '@onfile/db/tables/orders.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import type { Acceptance } from '../agreements/accept-terms.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import type { CheckoutWay } from '../settings.ts';
import type { StartedSetup } from '../setup/start-setup.ts';
import { startSetup } from '../setup/start-setup.ts';
import { readTerms } from './agreement-of-order.ts';
import { keepsCardFirst, planOf } from './payment-plan.ts';
import { waitsForCard } from './waits-for-card.ts';

/**
 * Whether an order's shopper may keep a card for it without paying: the plan charges nothing now, or
 * what it comes to owe has lost its card, or what was agreed to for it.
 */
export async function asksForCard(
  { clock, db }: Pick<Runtime, 'clock' | 'db'>,
  order: Row<'orders'>,
): Promise<boolean> {
  if (keepsCardFirst(planOf(order))) return true;
  const payments = await listOrderPayments(db, order.id);
  // What is owed now is paid first, and keeps the card by that.
  if (payments.some(({ agreementId, status }) => agreementId === null && isOwedNow(status))) {
    return false;
  }
  for (const payment of payments) {
    if (await waitsForCard(db, payment, clock.now())) return true;
  }
  return false;
}

function isOwedNow(status: PaymentStatus): boolean {
  return ['requires_payment_method', 'requires_action', 'processing'].includes(status);
}

/**
 * The checkout of an order that charges nothing now: a setup Session that belongs to the order, so
 * that what the order comes to owe knows which card was kept for it.
 * @throws Refusal `not_found`, `order_not_payable`, `terms_not_accepted`, `terms_outdated`,
 *   `order_above_terms`, `stripe_unavailable`
 */
export async function keepCardForOrder(
  runtime: Runtime,
  start: {
    customer: Row<'customers'>;
    orderId: string;
    uiMode: CheckoutWay;
    acceptance: Acceptance | null;
  },
): Promise<StartedSetup> {
  const order = await findOrder(runtime.db, start.orderId);
  if (order?.customerId !== start.customer.id) throw new Refusal('not_found', 'orderId');
  if (order.status !== 'open' || !(await asksForCard(runtime, order))) {
    throw new Refusal('order_not_payable');
  }
  const { acceptance } = start;
  if (!(await readTerms(runtime, order, acceptance)) || !acceptance) {
    throw new Refusal('terms_not_accepted', 'accepted');
  }
  return startSetup(runtime, { ...start, acceptance });
}
