import { isFrozen } from '@onfile/db/tables/frozen-methods.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { listAudit } from '@onfile/db/tables/audit-log.ts';
import type { DisputeLine } from '@onfile/db/views/dispute-pages.ts';
import { listDisputes } from '@onfile/db/views/dispute-pages.ts';
import {
  evidenceFileFields,
  evidenceTextNames,
  evidenceTexts,
  missingEvidence,
} from '@onfile/payments/disputes/evidence-fields.ts';
import { listSentFields } from '@onfile/payments/disputes/evidence-request.ts';
import { findAnswerUnderWay } from '@onfile/payments/disputes/lock-answerable.ts';
import { evidenceOf, filesOf } from '@onfile/payments/disputes/read-evidence.ts';
import { nameMethod } from '@onfile/payments/payment-methods/name-method.ts';
import { Refusal } from '@onfile/payments/refusal.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { viewerProcedure } from '../../procedures.ts';
import { showDispute } from './show-dispute.ts';

/** One dispute with its evidence as it stands, what is missing of it, and its history. */
export const getDispute = viewerProcedure
  .input(z.strictObject({ disputeId: idOf('dispute') }))
  .query(async ({ ctx, input }) => {
    const { db, clock } = ctx.runtime;
    const [dispute] = await listDisputes(db, { ...input, limit: 1 });
    if (!dispute) throw new Refusal('not_found', 'disputeId');
    const shown = showDispute(dispute, clock.now());
    const underWay = await findAnswerUnderWay(db, dispute.id);
    const evidence = evidenceOf(dispute);
    const isOpen = shown.waitsForStaff && !shown.isPastDue && underWay === null;
    const facts = await listAudit(db, dispute.id);
    return {
      ...shown,
      stripeDisputeId: dispute.stripeDisputeId,
      stripeChargeId: dispute.stripeChargeId,
      isCollected: dispute.evidenceCollectedAt !== null,
      savedAt: dispute.evidenceSavedAt,
      /** An answer that is on its way to Stripe, until the status says so. */
      underWay: shown.waitsForStaff ? underWay : null,
      mayBeAnswered: isOpen,
      texts: evidenceTextNames.map((name) => ({
        name,
        text: evidence[name] ?? '',
        maxLength: evidenceTexts[name],
      })),
      files: await showFiles(ctx.runtime, dispute),
      fileFields: evidenceFileFields,
      missing: missingEvidence(dispute.reason, evidence),
      method: await showMethod(ctx.runtime, dispute),
      history: facts.map(({ at, action, actorKind }) => ({ at, action, actorKind })),
    };
  });

async function showFiles({ db }: Runtime, dispute: DisputeLine) {
  const sent = await listSentFields(db, dispute.id);
  return filesOf(dispute).map(({ field, filename, sizeBytes }) => ({
    field,
    filename,
    sizeBytes,
    /** Whether Stripe has it with a draft: then it can be replaced, and not be taken out. */
    isSent: sent.has(field),
  }));
}

/** What was charged, and whether it may be charged again. */
async function showMethod({ db }: Runtime, dispute: DisputeLine) {
  const { paymentMethodId } = dispute;
  const method = paymentMethodId && (await findPaymentMethod(db, paymentMethodId));
  if (!method) return null;
  return { name: nameMethod(method), isFrozen: await isFrozen(db, method) };
}
