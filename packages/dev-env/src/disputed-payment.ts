import { findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
import type { Row } from '@onfile/db/database.ts';
import { collectEvidence } from '@onfile/payments/disputes/collect-evidence.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { settleDispute } from '@onfile/payments/state/settle-dispute.ts';
import { payWith } from './pay-and-refund.ts';

/** A payment that its owner disputes as soon as it is made, with its evidence as it was collected. */
export async function disputedPayment(
  test: { runtime: Runtime; sandbox: { url: string } },
  name: string,
): Promise<{ payment: Row<'payments'>; disputeId: string }> {
  const { runtime } = test;
  const { payment } = await payWith(test, '4000000000000259', { name });
  const intent = await findLiveIntent(runtime.db, payment.id);
  const { data } = await runtime.stripe.disputes.list({
    payment_intent: intent?.stripePaymentIntentId ?? '',
    expand: ['data.charge'],
  });
  const asOf = runtime.clock.now();
  const dispute =
    data[0] &&
    (await settleDispute(runtime, { dispute: data[0], asOf, actor: { kind: 'stripe' } }));
  if (!dispute) throw new Error('the payment is not disputed');
  await collectEvidence(runtime, dispute.id);
  return { payment, disputeId: dispute.id };
}
