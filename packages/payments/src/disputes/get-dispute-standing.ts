import type { Db, Row } from '@onfile/db/database.ts';
import { listAudit } from '@onfile/db/tables/audit-log.ts';
import { isFrozen } from '@onfile/db/tables/frozen-methods.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { listSentFields } from './evidence-request.ts';
import { findAnswerUnderWay } from './lock-answerable.ts';

/** Where a dispute stands beyond its own row. */
export async function getDisputeStanding(
  db: Db,
  dispute: Row<'disputes'>,
): Promise<{
  /** An answer that is on its way to Stripe, or may be. */
  answer: 'submit_evidence' | 'accept_dispute' | null;
  /** Fields that Stripe has had with a draft. */
  sentFields: Set<string>;
  /** What was charged, where it is on file. */
  method: Row<'paymentMethods'> | null;
  methodIsFrozen: boolean;
  facts: Row<'auditLog'>[];
}> {
  const { paymentMethodId } = dispute;
  const method = paymentMethodId ? await findPaymentMethod(db, paymentMethodId) : undefined;
  return {
    answer: await findAnswerUnderWay(db, dispute.id),
    sentFields: await listSentFields(db, dispute.id),
    method: method ?? null,
    methodIsFrozen: method !== undefined && (await isFrozen(db, method)),
    facts: await listAudit(db, dispute.id),
  };
}
