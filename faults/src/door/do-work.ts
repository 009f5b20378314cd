import { chargeDuePayments } from '@onfile/payments/charging/charge-due-payments.ts';
import { watchHolds } from '@onfile/payments/holds/watch-holds.ts';
import { mergePaymentMethods } from '@onfile/payments/payment-methods/merge-payment-methods.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { processInbox } from '@onfile/payments/webhooks/process-inbox.ts';
import { finishOperations } from '@onfile/payments/worker/finish-operations.ts';
import { resumeAttempts } from '@onfile/payments/worker/resume-attempts.ts';
import type { LoopName } from './steps.ts';

/** One turn of each loop of the worker's, as the worker itself takes it. */
export const turns: Record<LoopName, (runtime: Runtime) => Promise<number>> = {
  due: chargeDuePayments,
  attempts: resumeAttempts,
  operations: finishOperations,
  inbox: processInbox,
  spares: mergePaymentMethods,
  holds: watchHolds,
};
