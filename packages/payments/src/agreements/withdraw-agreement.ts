import type { Row, Tx } from '@onfile/db/database.ts';
import { findAgreement, withdrawAgreementRow } from '@onfile/db/tables/agreements.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import { listWaitingPayments } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Actor } from '../audit.ts';
import { audit } from '../audit.ts';
import { planNextStep } from '../charging/plan-next-step.ts';
import { releaseWithAgreement } from '../holds/release-with-agreement.ts';
import { formatDay } from '../format-day.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';

/**
 * A shopper takes an agreement back. From that moment no attempt begins under it; what is on its way
 * to the bank runs on. Payments that relied on it wait for a new one, what is held is let go unless staff
 * capture it in time, and both sides are told.
 * Withdrawing twice is withdrawing once.
 * @throws Refusal `not_found`, also for somebody else's
 */
export function withdrawAgreement(
  runtime: Runtime,
  withdrawal: { customerId: string; agreementId: string; by?: Actor },
): Promise<Row<'agreements'>> {
  return inTransaction(runtime.db, async (tx) => {
    // Charges take the same lock: one that is being written is either before this, or refused.
    const customer = await lockCustomer(tx, withdrawal.customerId);
    const agreement = await findAgreement(tx, withdrawal.agreementId);
    if (!customer || agreement?.customerId !== customer.id) {
      throw new Refusal('not_found', 'agreementId');
    }
    if (agreement.status === 'withdrawn') return agreement;
    const now = runtime.clock.now();
    await withdrawAgreementRow(tx, agreement.id, now);
    const waiting = await listWaitingPayments(tx, { agreementId: agreement.id });
    for (const payment of waiting) await planNextStep(tx, runtime, payment.id);
    const held = await releaseWithAgreement(tx, runtime, agreement.id);
    await audit(tx, runtime.clock, {
      actor: withdrawal.by ?? { kind: 'shopper', id: customer.id },
      action: 'agreement.withdrawn',
      subject: { kind: 'agreement', id: agreement.id },
      details: {
        waiting: waiting.map((payment) => payment.id),
        held: held.map((payment) => payment.id),
      },
    });
    await tellBothSides(tx, runtime, {
      customer,
      agreement,
      waiting: waiting.length,
      held: held.length,
    });
    return { ...agreement, status: 'withdrawn', withdrawnAt: now };
  });
}

async function tellBothSides(
  tx: Tx,
  runtime: Runtime,
  told: {
    customer: Row<'customers'>;
    agreement: Row<'agreements'>;
    waiting: number;
    held: number;
  },
): Promise<void> {
  const { customer, agreement, waiting, held } = told;
  const date = () => formatDay(agreement.acceptedAt, runtime.settings.timeZone);
  await queueMail(tx, runtime.clock, {
    kind: 'agreement_withdrawn',
    about: agreement.id,
    to: customer.email,
    data: () => ({ date: date(), waiting, held }),
    customerId: customer.id,
  });
  await queueMail(tx, runtime.clock, {
    kind: 'agreement_withdrawn_staff',
    about: agreement.id,
    to: runtime.settings.mail.staffAddress,
    data: () => ({
      customerId: customer.id,
      customer: customer.email,
      date: date(),
      waiting,
      held,
    }),
    customerId: customer.id,
  });
}
