import type { Row, Tx } from '@onfile/db/database.ts';
import { findDispute, updateDispute } from '@onfile/db/tables/disputes.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { takesEvidence } from '../state/dispute-status.ts';
import { beginOperation } from '../stripe/stripe-operation.ts';
import type { Evidence, EvidenceFileField, EvidenceText } from './evidence-fields.ts';
import { evidenceTextNames, mostEvidenceCharacters } from './evidence-fields.ts';
import type { EvidenceRequest } from './evidence-request.ts';
import { evidenceRequest, listSentFields } from './evidence-request.ts';
import { lockAnswerable } from './lock-answerable.ts';
import { performOnDispute } from './perform-on-dispute.ts';
import { evidenceOf, filesOf } from './read-evidence.ts';

export interface SavedEvidence {
  disputeId: string;
  staffId: string;
  /** The save that the page has seen; null: none. */
  seenSavedAt: number | null;
  texts: Partial<Record<EvidenceText, string>>;
  /** Files that are taken out. */
  withoutFiles: EvidenceFileField[];
}

/**
 * Staff keep what they have written of the evidence, here and as a draft at Stripe: nothing goes to
 * the bank. When Stripe does not answer, it is kept here, and the worker sends it.
 * @returns when it was saved
 * @throws Refusal those of {@link lockAnswerable}, `dispute_changed`, `evidence_too_long`,
 *   `file_sent`, `dispute_refused`
 */
export async function saveEvidence(runtime: Runtime, save: SavedEvidence): Promise<number> {
  const savedAt = await inTransaction(runtime.db, async (tx) => {
    const dispute = await lockAnswerable(tx, runtime, save.disputeId);
    if (dispute.evidenceSavedAt !== save.seenSavedAt) throw new Refusal('dispute_changed');
    const dropped = new Set<string>(save.withoutFiles);
    const files = filesOf(dispute).filter(({ field }) => !dropped.has(field));
    const evidence: Evidence = { ...evidenceOf(dispute), ...save.texts };
    const sent = await listSentFields(tx, dispute.id);
    for (const field of save.withoutFiles) {
      if (sent.has(field)) throw new Refusal('file_sent', field);
      evidence[field] = '';
    }
    requireRoom(evidence);
    return writeEvidenceRow(tx, runtime, dispute, {
      evidence,
      evidenceFiles: JSON.stringify(files),
      staffId: save.staffId,
    });
  });
  await sendDraft(runtime, save.disputeId);
  return savedAt;
}

function requireRoom(evidence: Evidence): void {
  const length = evidenceTextNames.reduce((sum, name) => sum + (evidence[name] ?? '').length, 0);
  if (length <= mostEvidenceCharacters) return;
  const most = mostEvidenceCharacters.toLocaleString('en-US');
  throw new Refusal('evidence_too_long', null, { most });
}

/** Writes evidence as the newest save. @returns its moment, which is later than the one before */
export async function writeEvidenceRow(
  tx: Tx,
  runtime: Runtime,
  dispute: Row<'disputes'>,
  save: { evidence: Evidence; evidenceFiles: string; staffId: string },
): Promise<number> {
  const now = runtime.clock.now();
  const savedAt = Math.max(now, (dispute.evidenceSavedAt ?? 0) + 1);
  await updateDispute(tx, dispute.id, {
    evidence: JSON.stringify(save.evidence),
    evidenceFiles: save.evidenceFiles,
    evidenceSavedAt: savedAt,
    updatedAt: now,
  });
  await audit(tx, runtime.clock, {
    actor: { kind: 'staff', id: save.staffId },
    action: 'dispute.evidence_saved',
    subject: { kind: 'dispute', id: dispute.id },
  });
  return savedAt;
}

/** Sends the newest evidence as a draft; one of an earlier save that is still open goes first. */
export async function sendDraft(runtime: Runtime, disputeId: string): Promise<void> {
  for (;;) {
    const dispute = await findDispute(runtime.db, disputeId);
    if (!dispute) throw new Error(`dispute ${disputeId} is gone`);
    const request = await evidenceRequest(runtime.db, dispute);
    const operation = await beginOperation(runtime.db, runtime.clock, {
      kind: 'save_evidence',
      subjectId: disputeId,
      request,
      afterDone: true,
    });
    try {
      await finishSaveEvidence(runtime, operation);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'stripe_unavailable') return;
      throw error;
    }
    if (operation.request === JSON.stringify(request)) return;
  }
}

/** Makes the call; also what the worker does after a crash. */
export function finishSaveEvidence(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<void> {
  return performOnDispute(runtime, operation, {
    send: ({ stripeDisputeId, evidence }: EvidenceRequest, options) =>
      runtime.stripe.disputes.update(stripeDisputeId, { evidence, submit: false }, options),
    // A draft is overtaken once the answer has gone out.
    isDone: ({ status }) => !takesEvidence(status),
  });
}
