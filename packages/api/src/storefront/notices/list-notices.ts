import { listNoticed } from '@onfile/db/views/notices.ts';
import type { NoticedPayment } from '@onfile/db/views/notices.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { expiresBefore } from '@onfile/payments/payment-methods/expiry-state.ts';
import { nameMethod } from '@onfile/payments/payment-methods/name-method.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { shopperProcedure } from '../../procedures.ts';
import { mayPayNow } from '../may-pay-now.ts';

/** How far ahead a shopper is told of what will be charged. */
const aheadMs = 14 * 24 * 60 * 60 * 1000;
/** More than these are read on the pages that list everything. */
const most = 5;

type NoticeKind = 'to_pay' | 'card_ends' | 'upcoming' | 'held';

function kindOf(payment: NoticedPayment, { settings }: Pick<Runtime, 'settings'>): NoticeKind {
  if (payment.status === 'requires_capture') return 'held';
  if (mayPayNow(payment)) return 'to_pay';
  return expiresBefore(payment, payment.dueAt, settings.timeZone) ? 'card_ends' : 'upcoming';
}

/** What waits for the shopper, and what comes by itself: those that need them first. */
export const listNotices = shopperProcedure.query(async ({ ctx }) => {
  const { clock, db } = ctx.runtime;
  const until = clock.now() + aheadMs;
  const noticed = await listNoticed(db, { customerId: ctx.customer.id, until, limit: 50 });
  const order: NoticeKind[] = ['to_pay', 'card_ends', 'upcoming', 'held'];
  const notices = noticed.map((payment) => ({
    paymentId: payment.id,
    kind: kindOf(payment, ctx.runtime),
    isHold: payment.kind === 'hold',
    amountText: formatAmount(payment.amountMinor, payment.currency),
    reason: payment.reason,
    methodText: payment.paymentMethodId ? nameMethod(payment) : null,
    /** When it is charged, or let go; null where nothing is planned. */
    at: payment.status === 'requires_capture' ? payment.captureBefore : payment.chargeAt,
  }));
  return notices.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)).slice(0, most);
});
