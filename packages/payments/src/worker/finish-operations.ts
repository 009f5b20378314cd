import type { Row } from '@onfile/db/database.ts';
import type { OperationKind } from '@onfile/db/records.ts';
import { claim } from '@onfile/db/lease.ts';
import { resumeCreateIntent } from '../checkout/finish-create-intent.ts';
import { finishExpireSession, finishRetireIntent } from '../checkout/retire-ways-to-pay.ts';
import { finishCreateAccount, finishCreateCustomer } from '../customers/ensure-stripe-owner.ts';
import { finishEndHold } from '../holds/finish-end-hold.ts';
import { finishRaiseHold } from '../holds/raise-hold.ts';
import { finishAcceptDispute } from '../disputes/accept-dispute.ts';
import { finishSaveEvidence } from '../disputes/save-evidence.ts';
import { finishSubmitEvidence } from '../disputes/submit-evidence.ts';
import { finishDetach } from '../payment-methods/detach-payment-method.ts';
import { finishUpdate } from '../payment-methods/update-payment-method.ts';
import { finishCancelRefund } from '../refunds/cancel-refund.ts';
import { finishRefund } from '../refunds/finish-refund.ts';
import { Refusal } from '../refusal.ts';
import { countLeases } from '../observability/metrics.ts';
import type { Runtime } from '../runtime.ts';
import { resumeAttach } from '../setup/attach-payment-method.ts';
import { resumeCreateSession } from '../setup/finish-create-session.ts';
import { workerLease } from './worker-lease.ts';

/** How each kind of call is finished after the process that began it has died. */
const finish: Record<
  OperationKind,
  (runtime: Runtime, operation: Row<'stripeOperations'>) => Promise<unknown>
> = {
  accept_dispute: finishAcceptDispute,
  attach_payment_method: resumeAttach,
  cancel_refund: finishCancelRefund,
  capture_intent: finishEndHold,
  create_account: finishCreateAccount,
  create_customer: finishCreateCustomer,
  create_intent: resumeCreateIntent,
  create_refund: finishRefund,
  create_session: resumeCreateSession,
  detach_payment_method: finishDetach,
  expire_session: finishExpireSession,
  raise_intent: finishRaiseHold,
  release_intent: finishEndHold,
  retire_intent: finishRetireIntent,
  save_evidence: finishSaveEvidence,
  submit_evidence: finishSubmitEvidence,
  update_payment_method: finishUpdate,
};

/**
 * Takes operations that nobody is finishing, and finishes them.
 * @returns how many were taken
 */
export async function finishOperations(runtime: Runtime): Promise<number> {
  const operations = countLeases(
    'stripeOperations',
    await claim(runtime.db, 'stripeOperations', workerLease(runtime)),
  );
  await Promise.all(operations.map((operation) => finishOne(runtime, operation)));
  return operations.length;
}

async function finishOne(runtime: Runtime, operation: Row<'stripeOperations'>): Promise<void> {
  try {
    await finish[operation.kind](runtime, operation);
  } catch (error) {
    // Put back already; the operation's own line says why.
    if (error instanceof Refusal && error.code === 'stripe_unavailable') return;
    runtime.log.error({ operation: operation.id, err: error }, 'operation not finished');
  }
}
