import { listDisputes } from '@onfile/db/views/dispute-pages.ts';
import {
  evidenceFileFields,
  evidenceTextNames,
  evidenceTexts,
  missingEvidence,
} from '@onfile/payments/disputes/evidence-fields.ts';
import { getDisputeStanding } from '@onfile/payments/disputes/get-dispute-standing.ts';
import { evidenceOf, filesOf } from '@onfile/payments/disputes/read-evidence.ts';
import { nameMethod } from '@onfile/payments/payment-methods/name-method.ts';
import { Refusal } from '@onfile/payments/refusal.ts';
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
    const standing = await getDisputeStanding(db, dispute);
    const evidence = evidenceOf(dispute);
    const isOpen = shown.waitsForStaff && !shown.isPastDue && standing.answer === null;
    return {
      ...shown,
      stripeDisputeId: dispute.stripeDisputeId,
      stripeChargeId: dispute.stripeChargeId,
      isCollected: dispute.evidenceCollectedAt !== null,
      savedAt: dispute.evidenceSavedAt,
      /** An answer that is on its way to Stripe, until the status says so. */
      underWay: shown.waitsForStaff ? standing.answer : null,
      mayBeAnswered: isOpen,
      texts: evidenceTextNames.map((name) => ({
        name,
        text: evidence[name] ?? '',
        maxLength: evidenceTexts[name],
      })),
      files: filesOf(dispute).map(({ field, filename, sizeBytes }) => ({
        field,
        filename,
        sizeBytes,
        /** Whether Stripe has it with a draft: then it can be replaced, and not be taken out. */
        isSent: standing.sentFields.has(field),
      })),
      fileFields: evidenceFileFields,
      missing: missingEvidence(dispute.reason, evidence),
      method: standing.method && {
        name: nameMethod(standing.method),
        isFrozen: standing.methodIsFrozen,
      },
      history: standing.facts.map(({ at, action, actorKind }) => ({ at, action, actorKind })),
    };
  });
