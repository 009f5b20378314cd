import { listTypesInUse, listUntold, newsOf } from '@onfile/db/tables/ahead.ts';
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
import { orLogged } from '../worker/or-logged.ts';
import { holdPayment } from '../state/hold-payment.ts';
import { paymentFacts } from './payment-facts.ts';
import { queueMail } from './queue-mail.ts';
import { tellPaymentChange } from './tell-payment-change.ts';

const dayMs = 24 * 60 * 60 * 1000;
const limit = 50;

type Which = Parameters<typeof listUntold>[1];

/**
 * Tells shoppers what will be charged, some days before: once for each payment, day, amount and method, so
 * that one that was changed is told of again. Of a debit they are told whatever the shop's setting, as early as
 * its scheme asks; until that mail is written the debit is not made.
 * @returns how many were told
 */
export async function tellUpcoming(runtime: Runtime): Promise<number> {
  let told = 0;
  for (const type of await listTypesInUse(runtime.db)) {
    const which = windowOf(runtime, type);
    if (!which) continue;
    for (const { id } of await listUntold(runtime.db, which)) {
      const one = { ...which, limit: 1, paymentId: id };
      if (await orLogged(runtime, { payment: id }, () => tell(runtime, one))) told += 1;
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
    return { type, after: 0, until, knownBefore: now, limit };
  }
  if (upcomingChargeDays === 0) return null;
  // Who has agreed to it within a day was just shown it.
  const until = now + upcomingChargeDays * dayMs;
  return { type, after: now, until, knownBefore: now - dayMs, limit };
}

/** Read again while the row is held: another worker, or a change of its day, may have been first. */
function tell(runtime: Runtime, which: Which & { paymentId: string }): Promise<boolean> {
  return inTransaction(runtime.db, async (tx) => {
    await holdPayment(tx, which.paymentId);
    const [payment] = await listUntold(tx, which);
    if (!payment) return false;
    // What is known now decides: who has nothing left to charge with is told that instead.
    const after = await planNextStep(tx, runtime, payment.id);
    await tellPaymentChange(tx, runtime, { before: payment, after });
    if (after.nextStep !== 'charge') return false;
    await queueNotice(tx, runtime, after);
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
    about: newsOf(payment),
    to: customer.email,
    data: () => ({
      ...paymentFacts(payment, customer, { linkId: link.id }),
      day: formatDay(day, runtime.settings.timeZone),
      method: nameMethod(method),
    }),
    customerId,
  });
}
