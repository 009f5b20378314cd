import type { Row, Tx } from '@onfile/db/database.ts';
import { freezeMethod, listSameCardIds } from '@onfile/db/tables/frozen-methods.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { listWaitingPayments } from '@onfile/db/tables/payments.ts';
import { audit } from '../audit.ts';
import { planNextStep } from '../charging/plan-next-step.ts';
import type { Runtime } from '../runtime.ts';
import { isClosedDispute } from '../state/dispute-status.ts';

/**
 * Whoever disputes one payment may dispute the next: the method is charged no more until staff
 * decide, and what waits for it waits for them. One that is decided by the time we hear of it freezes
 * nothing.
 */
export async function freezeDisputedMethod(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  dispute: Row<'disputes'>,
): Promise<void> {
  const { paymentMethodId } = dispute;
  if (!paymentMethodId || isClosedDispute(dispute.status)) return;
  const method = await findPaymentMethod(tx, paymentMethodId);
  if (!method) return;
  await freezeMethod(tx, method, { disputeId: dispute.id, now: runtime.clock.now() });
  await audit(tx, runtime.clock, {
    actor: { kind: 'stripe' },
    action: 'payment_method.frozen',
    subject: { kind: 'payment_method', id: method.id },
    details: { dispute: dispute.id },
  });
  await planWaiting(tx, runtime, method);
}

/** Finds the next step of everything that waits to be charged to this card, by whichever entry. */
export async function planWaiting(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  method: Row<'paymentMethods'>,
): Promise<void> {
  for (const paymentMethodId of await listSameCardIds(tx, method)) {
    for (const payment of await listWaitingPayments(tx, { paymentMethodId })) {
      await planNextStep(tx, runtime, payment.id);
    }
  }
}
