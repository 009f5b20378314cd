import type Stripe from 'stripe';
import type { Db, Row } from '@onfile/db/database.ts';
import { listOperations } from '@onfile/db/tables/stripe-operations.ts';
import { m } from '@onfile/messages/messages.js';
import { evidenceTexts } from './evidence-fields.ts';
import type { DisputeRequest } from './perform-on-dispute.ts';
import { evidenceOf } from './read-evidence.ts';

export interface EvidenceRequest extends DisputeRequest {
  evidence: Stripe.DisputeUpdateParams.Evidence;
}

/** Fields that some draft has had at Stripe, or may have: a value there can only be replaced. */
export async function listSentFields(db: Db, disputeId: string): Promise<Set<string>> {
  const drafts = await listOperations(db, 'save_evidence', disputeId);
  return new Set(
    drafts
      .filter(({ status }) => status !== 'refused')
      .flatMap(({ request }) => Object.keys((JSON.parse(request) as EvidenceRequest).evidence)),
  );
}

/**
 * The evidence of a dispute as Stripe is sent it. None of its fields can be emptied there, so a text
 * that was in a draft and is no longer wanted says that it does not apply.
 */
export async function evidenceRequest(db: Db, dispute: Row<'disputes'>): Promise<EvidenceRequest> {
  const sent = await listSentFields(db, dispute.id);
  const evidence = Object.entries(evidenceOf(dispute)).flatMap(([field, value]) => {
    if (value) return [[field, value]];
    const isText = Object.hasOwn(evidenceTexts, field);
    return isText && sent.has(field) ? [[field, m.evidence_not_applicable()]] : [];
  });
  return {
    stripeDisputeId: dispute.stripeDisputeId,
    evidence: Object.fromEntries(evidence) as EvidenceRequest['evidence'],
  };
}
