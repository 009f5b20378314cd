import { getPaymentHistory } from '@onfile/payments/charging/get-payment-history.ts';
import { majorAmount } from '@onfile/payments/money.ts';
import { findRecoveryLink, mayPayByLink } from '@onfile/payments/recovery/send-recovery-link.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { viewerProcedure } from '../../procedures.ts';
import { showDecisions, showNextStep } from '../../show-decisions.ts';
import { dayOf } from '../../show-order.ts';
import { showPayment } from '../../show-payment.ts';
import { readPayment } from './read-payment.ts';

/** One payment with its attempts and everything that happened to it. */
export const getPayment = viewerProcedure
  .input(z.strictObject({ paymentId: idOf('payment') }))
  .query(async ({ ctx, input }) => {
    const payment = await readPayment(ctx.runtime.db, input.paymentId);
    const link = await findRecoveryLink(ctx.runtime, payment.id);
    const history = await getPaymentHistory(ctx.runtime.db, payment.id);
    return {
      ...showPayment(payment),
      kind: payment.kind,
      settledAt: payment.settledAt,
      agreementId: payment.agreementId,
      createdByStaffId: payment.createdByStaffId,
      stripePaymentIntentId: history.stripePaymentIntentId,
      holdEnd: payment.holdEnd,
      /** As it is typed: `500.00`. */
      amountTyped: majorAmount(payment.amountMinor, payment.currency),
      dueOn: dayOf(payment.dueAt, ctx.runtime.settings.timeZone),
      ...showNextStep(payment),
      decisions: showDecisions(payment, ctx.runtime, history.attempts.length),
      mayLink: payment.status !== 'scheduled' && mayPayByLink(payment),
      link: link && {
        expiresAt: link.expiresAt,
        firstOpenedAt: link.firstOpenedAt,
        lastOpenedAt: link.lastOpenedAt,
      },
      attempts: history.attempts.map((attempt) => ({
        number: attempt.number,
        status: attempt.status,
        unknown: attempt.unknown === 1,
        errorCode: attempt.errorCode,
        declineCode: attempt.declineCode,
        adviceCode: attempt.adviceCode,
        idempotencyKey: attempt.idempotencyKey,
        stripeRequestId: attempt.stripeRequestId,
        stripeChargeId: attempt.stripeChargeId,
        startedAt: attempt.startedAt,
        finishedAt: attempt.finishedAt,
      })),
      history: history.facts.map((fact) => ({
        at: fact.at,
        action: fact.action,
        actorKind: fact.actorKind,
        actorId: fact.actorId,
        details: JSON.parse(fact.details) as Record<string, unknown>,
      })),
    };
  });
