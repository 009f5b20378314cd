import type { EvidenceFile } from '@onfile/db/after-charge.ts';
import { findDispute, lockDispute, updateDispute } from '@onfile/db/tables/disputes.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { findDisputeFacts } from '@onfile/db/views/dispute-facts.ts';
import { audit } from '../audit.ts';
import type { Runtime } from '../runtime.ts';
import type { EvidenceDocument } from './evidence-documents.ts';
import { evidenceDocuments } from './evidence-documents.ts';
import { evidenceOf, filesOf } from './read-evidence.ts';
import { renderDocument } from './render-document.ts';
import { uploadEvidence } from './upload-evidence.ts';
import { writeEvidence } from './write-evidence.ts';

/**
 * Puts together what is on record of a disputed payment, once: texts in Stripe's fields, and the
 * agreement, the receipt and the mails as files. Nothing goes to the bank before staff say so. After
 * a crash it is done anew; files that were uploaded before it stay unused at Stripe.
 */
export async function collectEvidence(runtime: Runtime, disputeId: string): Promise<void> {
  const before = await findDispute(runtime.db, disputeId);
  if (!before || before.evidenceCollectedAt !== null) return;
  const facts = await findDisputeFacts(runtime.db, disputeId);
  if (!facts) throw new Error(`the payment of dispute ${disputeId} is gone`);
  const { shopName, timeZone } = runtime.settings;
  const files: EvidenceFile[] = [];
  for (const document of evidenceDocuments(facts, shopName)) {
    files.push(await upload(runtime, document));
  }
  const named = Object.fromEntries(files.map(({ field, stripeFileId }) => [field, stripeFileId]));
  const evidence = { ...writeEvidence(facts, timeZone), ...named };
  await inTransaction(runtime.db, async (tx) => {
    const dispute = await lockDispute(tx, disputeId);
    if (!dispute || dispute.evidenceCollectedAt !== null) return;
    const now = runtime.clock.now();
    // What staff wrote meanwhile stands; a page of theirs that was open before has to load again.
    const written = Object.entries(evidenceOf(dispute)).filter(([, value]) => value !== '');
    const taken = new Set(written.map(([field]) => field));
    const others = files.filter(({ field }) => !taken.has(field));
    await updateDispute(tx, disputeId, {
      evidence: JSON.stringify({ ...evidence, ...Object.fromEntries(written) }),
      evidenceFiles: JSON.stringify([...filesOf(dispute), ...others]),
      evidenceCollectedAt: now,
      evidenceSavedAt: now,
      updatedAt: now,
    });
    await audit(tx, runtime.clock, {
      actor: { kind: 'worker' },
      action: 'dispute.evidence_collected',
      subject: { kind: 'dispute', id: disputeId },
      details: { fields: Object.keys(evidence) },
    });
  });
}

async function upload(runtime: Runtime, document: EvidenceDocument): Promise<EvidenceFile> {
  const { field, filename } = document;
  const data = await renderDocument(document);
  return uploadEvidence(runtime, { field, filename, data, type: 'application/pdf' });
}
