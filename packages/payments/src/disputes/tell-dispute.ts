import type { Row, Tx } from '@onfile/db/database.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { formatAmount } from '../money.ts';
import type { Runtime } from '../runtime.ts';
import { isClosedDispute } from '../state/dispute-status.ts';
import { dayInWords } from './day-in-words.ts';

/** Staff are told of a dispute once, with the day until which it can be answered. */
export async function tellDisputeOpened(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  told: { dispute: Row<'disputes'>; payment: Row<'payments'>; customer: Row<'customers'> },
): Promise<void> {
  const { dispute, payment, customer } = told;
  if (isClosedDispute(dispute.status)) return;
  const { timeZone, mail } = runtime.settings;
  await queueMail(tx, runtime.clock, {
    kind: 'dispute_opened_staff',
    about: dispute.id,
    to: mail.staffAddress,
    data: () => ({
      amount: formatAmount(dispute.amountMinor, dispute.currency),
      reason: payment.reason,
      disputeId: dispute.id,
      customer: customer.email,
      dueOn: dispute.evidenceDueAt === null ? '' : dayInWords(dispute.evidenceDueAt, timeZone),
    }),
    customerId: customer.id,
  });
}
