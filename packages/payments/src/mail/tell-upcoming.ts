import { listTypesInUse, listUntold } from '@onfile/db/tables/ahead.ts';
import type { Row, Tx } from '@onfile/db/database.ts';
import { findCustomer } from '@onfile/db/tables/customers.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { planNextStep } from '../charging/plan-next-step.ts';
import { noticeDaysOf } from '../dunning/notice-days.ts';
import { formatDay } from '../format-day.ts';
import { nameMethod } from '../payment-methods/name-method.ts';
import { ensureRecoveryLink } from '../recovery/ensure-recovery-link.ts';
import type { Runtime } from '../runtime.ts';
import { holdPayment } from '../state/hold-payment.ts';
import { paymentFacts } from './payment-facts.ts';
import { queueMail } from './queue-mail.ts';

const dayMs = 24 * 60 * 60 * 1000;
const limit = 50;

type Which = Parameters<typeof listUntold>[1];

/**
 * Tells shoppers what will be charged, some days before: once for each payment and day, so that one that was
 * put on another day is told of again. Of a debit they are told whatever the shop's setting, as early as
 * its scheme asks; until that mail is written the debit is not made.
 * @returns how many were told
 */
export async function tellUpcoming(runtime: Runtime): Promise<number> {
  let told = 0;
  for (const type of await listTypesInUse(runtime.db)) {
    const which = windowOf(runtime, type);
    if (!which) continue;
    for (const { id } of await listUntold(runtime.db, which)) {
      if (await tell(runtime, { ...which, limit: 1, paymentId: id })) told += 1;
    }
  }
  return told;
}

/** Null: the shop tells nobody of such charges. */
function windowOf(runtime: Runtime, type: string): Which | null {
  const now = runtime.clock.now();
  const noticeDays = noticeDaysOf(type);
  const { upcomingChargeDays } = runtime.settings;
  if (noticeDays > 0) {
    // A day more than the scheme asks for, since a debit that nobody was told of is planned that far ahead.
    const until = now + (Math.max(noticeDays, upcomingChargeDays) + 1) * dayMs;
    return { type, until, knownBefore: now, limit };
  }
  if (upcomingChargeDays === 0) return null;
  // Who has agreed to it within a day was just shown it.
  return { type, until: now + upcomingChargeDays * dayMs, knownBefore: now - dayMs, limit };
}

/** Read again while the row is held: another worker, or a change of its day, may have been first. */
function tell(runtime: Runtime, which: Which & { paymentId: string }): Promise<boolean> {
  return inTransaction(runtime.db, async (tx) => {
    await holdPayment(tx, which.paymentId);
    const [payment] = await listUntold(tx, which);
    if (!payment) return false;
    await queueNotice(tx, runtime, payment);
    await planNextStep(tx, runtime, payment.id);
    return true;
  });
}

async function queueNotice(tx: Tx, runtime: Runtime, payment: Row<'payments'>): Promise<void> {
  const { paymentMethodId, customerId } = payment;
  const customer = await findCustomer(tx, customerId);
  const method = paymentMethodId ? await findPaymentMethod(tx, paymentMethodId) : undefined;
  if (!customer || !method)
    throw new Error(`payment ${payment.id} has lost its customer or method`);
  const now = runtime.clock.now();
  const day = Math.max(payment.dueAt, now + noticeDaysOf(method.type) * dayMs);
  const link = await ensureRecoveryLink(tx, runtime, payment.id, null);
  await queueMail(tx, runtime.clock, {
    kind: 'upcoming_charge',
    about: `${payment.id}:${String(payment.dueAt)}`,
    to: customer.email,
    data: () => ({
      ...paymentFacts(payment, customer, { linkId: link.id }),
      day: formatDay(day, runtime.settings.timeZone),
      method: nameMethod(method),
    }),
    customerId,
  });
}
