import { fromAbsolute, toCalendarDate } from '@internationalized/date';
import { listExpiring } from '@onfile/db/tables/ahead.ts';
import type { Row } from '@onfile/db/database.ts';
import { findCustomer } from '@onfile/db/tables/customers.ts';
import { listWaitingPayments } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { formatDay } from '../format-day.ts';
import { expiresBefore } from '../payment-methods/expiry-state.ts';
import { expiryText, nameMethod } from '../payment-methods/name-method.ts';
import { ensureRecoveryLink } from '../recovery/ensure-recovery-link.ts';
import type { Runtime } from '../runtime.ts';
import { orLogged } from '../worker/or-logged.ts';
import { holdPayment } from '../state/hold-payment.ts';
import { paymentFacts } from './payment-facts.ts';
import { queueMail } from './queue-mail.ts';

/** So long before its last day. */
const warnDays = 30;
const dayMs = 24 * 60 * 60 * 1000;
const limit = 50;

/**
 * Tells owners of cards that will have ended when the next payment falls due, within the month before they
 * end: once for a card and its last month. A card that nothing waits for is nobody's trouble.
 * @returns how many were told
 */
export async function tellExpiring(runtime: Runtime): Promise<number> {
  const { clock, db, settings } = runtime;
  const soon = clock.now() + warnDays * dayMs;
  const { year, month } = toCalendarDate(fromAbsolute(soon, settings.timeZone));
  let told = 0;
  for (let afterId = ''; ;) {
    const page = await listExpiring(db, { month: year * 12 + month, afterId, limit });
    for (const method of page) {
      const isSoon = expiresBefore(method, soon, settings.timeZone);
      if (!isSoon) continue;
      if (await orLogged(runtime, { method: method.id }, () => tell(runtime, method))) told += 1;
    }
    const last = page.at(-1);
    if (!last) return told;
    afterId = last.id;
  }
}

async function tell(runtime: Runtime, method: Row<'paymentMethods'>): Promise<boolean> {
  const { db, settings } = runtime;
  const waiting = await listWaitingPayments(db, { paymentMethodId: method.id });
  const next = waiting.find(
    ({ nextStep, dueAt }) =>
      nextStep === 'charge' && expiresBefore(method, dueAt, settings.timeZone),
  );
  if (!next) return false;
  return inTransaction(db, async (tx) => {
    const payment = await holdPayment(tx, next.id);
    const customer = payment && (await findCustomer(tx, payment.customerId));
    const isStillIt = payment?.nextStep === 'charge' && payment.paymentMethodId === method.id;
    if (!customer || !isStillIt) return false;
    const link = await ensureRecoveryLink(tx, runtime, payment.id, null);
    await queueMail(tx, runtime.clock, {
      kind: 'method_expiring',
      about: `${method.id}:${String(method.expYear)}-${String(method.expMonth)}`,
      to: customer.email,
      data: () => ({
        ...paymentFacts(payment, customer, { linkId: link.id }),
        method: nameMethod(method),
        expiry: expiryText(method) ?? '',
        day: formatDay(payment.dueAt, settings.timeZone),
      }),
      customerId: customer.id,
    });
    return true;
  });
}
