import type { Row } from '@onfile/db/database.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { takesEvidence } from '../state/dispute-status.ts';
import { keyLives } from '../stripe/key-lifetime.ts';
import { beginOperation } from '../stripe/stripe-operation.ts';
import type { EvidenceRequest } from './evidence-request.ts';
import { evidenceRequest } from './evidence-request.ts';
import { lockAnswerable } from './lock-answerable.ts';
import { performOnDispute } from './perform-on-dispute.ts';
import { evidenceOf } from './read-evidence.ts';

/**
 * Staff send the evidence to the bank: once and for all. The call is written down with exactly what
 * they have seen; a second click, or the other answer, finds it there.
 * @throws Refusal those of {@link lockAnswerable}, `dispute_changed`, `evidence_missing`,
 *   `dispute_refused`, `stripe_unavailable`: then the worker goes on
 */
export async function submitEvidence(
  runtime: Runtime,
  ask: { disputeId: string; staffId: string; seenSavedAt: number | null },
): Promise<void> {
  const operation = await inTransaction(runtime.db, async (tx) => {
    const dispute = await lockAnswerable(tx, runtime, ask.disputeId);
    if (dispute.evidenceSavedAt !== ask.seenSavedAt) throw new Refusal('dispute_changed');
    const evidence = evidenceOf(dispute);
    if (!Object.values(evidence).some(Boolean)) throw new Refusal('evidence_missing');
    await audit(tx, runtime.clock, {
      actor: { kind: 'staff', id: ask.staffId },
      action: 'dispute.submission_requested',
      subject: { kind: 'dispute', id: dispute.id },
      details: { fields: Object.keys(evidence) },
    });
    return beginOperation(tx, runtime.clock, {
      kind: 'submit_evidence',
      subjectId: dispute.id,
      request: await evidenceRequest(tx, dispute),
      // An inquiry that was answered may still become a dispute, which is answered anew.
      afterDone: true,
    });
  });
  await finishSubmitEvidence(runtime, operation);
}

/** Makes the call; also what the worker does after a crash. Where the key is dead, it asks first. */
export function finishSubmitEvidence(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<void> {
  const { disputes } = runtime.stripe;
  return performOnDispute(runtime, operation, {
    send: async ({ stripeDisputeId, evidence }: EvidenceRequest, options) => {
      if (!keyLives(operation.createdAt, runtime.clock.now())) {
        const now = await disputes.retrieve(stripeDisputeId);
        if (!takesEvidence(now.status)) return now;
      }
      return disputes.update(stripeDisputeId, { evidence, submit: true }, options);
    },
    isDone: ({ status }) => !takesEvidence(status),
  });
}
