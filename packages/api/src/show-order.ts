import type { OrderPage, OrderPayment } from '@onfile/db/views/order-pages.ts';
import { keepsCardFirst, planOf } from '@onfile/payments/checkout/payment-plan.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { showFees } from './show-fees.ts';
import { showShoppersRefunds } from './show-shoppers-refunds.ts';
import { nameMethod } from '@onfile/payments/payment-methods/name-method.ts';

/** An instant as the shop's calendar has it: `16 Jun 2027`. */
export function dayOf(instant: number, timeZone: string): string {
  const options = { day: 'numeric', month: 'short', year: 'numeric', timeZone } as const;
  return new Intl.DateTimeFormat('en-GB', options).format(instant);
}

/**
 * Where an order stands, for people.
 * - `to_pay`: something is owed now; `to_keep`: what comes later has no card, or no agreement any more
 * - `kept`: nothing is owed now, and the card is on file for what may come
 */
export type OrderState =
  'to_pay' | 'to_keep' | 'kept' | 'processing' | 'held' | 'booked' | 'paid' | 'canceled';

function stateOf(order: OrderPage, now: number): OrderState {
  if (order.status !== 'open') return order.status;
  if (keepsCardFirst(planOf(order))) return hasCard(order) ? 'kept' : 'to_keep';
  const statuses = order.payments.map(({ status }) => status);
  if (statuses.includes('requires_payment_method') || statuses.includes('requires_action')) {
    return 'to_pay';
  }
  if (statuses.includes('processing')) return 'processing';
  if (statuses.includes('requires_capture')) return 'held';
  return order.payments.some((payment) => waitsForCard(payment, now)) ? 'to_keep' : 'booked';
}

function waitsForCard(payment: OrderPayment, now: number): boolean {
  if (payment.status !== 'scheduled') return false;
  const { agreementStatus, agreementValidUntil, paymentMethodId } = payment;
  const isOver = agreementValidUntil !== null && agreementValidUntil <= now;
  return !paymentMethodId || agreementStatus !== 'active' || isOver;
}

function hasCard({ agreement, payments }: OrderPage): boolean {
  const isWithout = payments.some((p) => p.kind === 'hold' && !p.paymentMethodId);
  return agreement?.status === 'active' && !isWithout;
}

/** An order as its shopper and staff see it. */
export function showOrder(order: OrderPage, runtime: Pick<Runtime, 'clock' | 'settings'>) {
  const { timeZone } = runtime.settings;
  return {
    id: order.id,
    number: order.number,
    state: stateOf(order, runtime.clock.now()),
    planKind: planOf(order).kind,
    totalText: formatAmount(order.totalMinor, order.currency),
    placedOn: dayOf(order.placedAt, timeZone),
    eventOn: order.eventAt === null ? null : dayOf(order.eventAt, timeZone),
    agreement: order.agreement && {
      id: order.agreement.id,
      status: order.agreement.status,
      capText: formatAmount(order.agreement.capAmountMinor, order.agreement.currency),
    },
    ...showFees(order, runtime),
    items: order.items.map((item) => ({
      position: item.position,
      description: item.description,
      quantity: item.quantity,
      amountText: formatAmount(item.unitAmountMinor * item.quantity, order.currency),
    })),
    payments: order.payments.map((payment) => ({
      id: payment.id,
      kind: payment.kind,
      reason: payment.reason,
      amountText: formatAmount(payment.amountMinor, payment.currency),
      status: payment.status,
      captureBefore: payment.captureBefore,
      dueOn: dayOf(payment.dueAt, timeZone),
      settledOn: payment.settledAt === null ? null : dayOf(payment.settledAt, timeZone),
      methodText: payment.paymentMethodId
        ? nameMethod({ ...payment, type: payment.methodType })
        : null,
      refunds: showShoppersRefunds(payment.refunds),
    })),
  };
}
