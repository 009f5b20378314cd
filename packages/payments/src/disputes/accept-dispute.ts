import type { Row } from '@onfile/db/database.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import type { Runtime } from '../runtime.ts';
import { isClosedDispute } from '../state/dispute-status.ts';
import { beginOperation } from '../stripe/stripe-operation.ts';
import { lockAnswerable } from './lock-answerable.ts';
import type { DisputeRequest } from './perform-on-dispute.ts';
import { performOnDispute } from './perform-on-dispute.ts';

/**
 * Staff accept a dispute: the shopper keeps the money, and nothing can be said against it any more.
 * An inquiry ends without a loss.
 * @throws Refusal those of {@link lockAnswerable}, `dispute_refused`, `stripe_unavailable`
 */
export async function acceptDispute(
  runtime: Runtime,
  ask: { disputeId: string; staffId: string },
): Promise<void> {
  const operation = await inTransaction(runtime.db, async (tx) => {
    const dispute = await lockAnswerable(tx, runtime, ask.disputeId);
    await audit(tx, runtime.clock, {
      actor: { kind: 'staff', id: ask.staffId },
      action: 'dispute.acceptance_requested',
      subject: { kind: 'dispute', id: dispute.id },
    });
    return beginOperation(tx, runtime.clock, {
      kind: 'accept_dispute',
      subjectId: dispute.id,
      request: { stripeDisputeId: dispute.stripeDisputeId },
      afterDone: true,
    });
  });
  await finishAcceptDispute(runtime, operation);
}

/** Makes the call; also what the worker does after a crash. */
export function finishAcceptDispute(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<void> {
  return performOnDispute(runtime, operation, {
    send: ({ stripeDisputeId }: DisputeRequest, options) =>
      runtime.stripe.disputes.close(stripeDisputeId, {}, options),
    isDone: ({ status }) => isClosedDispute(status),
  });
}
