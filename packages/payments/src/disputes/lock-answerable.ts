import type { Row, Tx } from '@onfile/db/database.ts';
import { lockDispute } from '@onfile/db/tables/disputes.ts';
import { listOperations } from '@onfile/db/tables/stripe-operations.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { takesEvidence } from '../state/dispute-status.ts';
import { dayInWords } from './day-in-words.ts';

/**
 * A dispute that the bank still takes an answer to, held until the transaction ends.
 * @throws Refusal `not_found`, `dispute_not_open`, `dispute_past_due`, `dispute_under_way` when its
 *   one answer is on its way already
 */
export async function lockAnswerable(
  tx: Tx,
  runtime: Runtime,
  disputeId: string,
): Promise<Row<'disputes'>> {
  const dispute = await lockDispute(tx, disputeId);
  if (!dispute) throw new Refusal('not_found', 'disputeId');
  if (!takesEvidence(dispute.status) || dispute.submittedAt !== null) {
    throw new Refusal('dispute_not_open');
  }
  const { evidenceDueAt } = dispute;
  if (evidenceDueAt !== null && evidenceDueAt <= runtime.clock.now()) {
    const day = dayInWords(evidenceDueAt, runtime.settings.timeZone);
    throw new Refusal('dispute_past_due', null, { day });
  }
  if ((await findAnswerUnderWay(tx, dispute.id)) !== null) throw new Refusal('dispute_under_way');
  return dispute;
}

/** Which answer to a dispute is on its way to Stripe, or may be; null: none. */
export async function findAnswerUnderWay(
  db: Tx | Runtime['db'],
  disputeId: string,
): Promise<'submit_evidence' | 'accept_dispute' | null> {
  for (const kind of ['submit_evidence', 'accept_dispute'] as const) {
    const operations = await listOperations(db, kind, disputeId);
    if (operations.some(({ status }) => status === 'open')) return kind;
  }
  return null;
}
