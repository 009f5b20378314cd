import type Stripe from 'stripe';
import { collectEvidence } from '../../disputes/collect-evidence.ts';
import { settleDispute } from '../../state/settle-dispute.ts';
import { isAboutOurIntent } from '../know-intent.ts';
import type { Handler } from '../handlers.ts';

/**
 * A payment is disputed, or its dispute has moved on: Stripe is asked, since nothing of a dispute is
 * final. Its evidence is put together once; where a crash cut that short, the next delivery does it.
 */
export const handleDispute: Handler = async (runtime, event, asking) => {
  const snapshot = event.data.object as Stripe.Dispute;
  if (!(await isAboutOurIntent(runtime, asking, snapshot))) return;
  await asking.once(`dispute ${snapshot.id}`, async () => {
    const asOf = runtime.clock.now();
    const dispute = await runtime.stripe.disputes.retrieve(snapshot.id, { expand: ['charge'] });
    const row = await settleDispute(runtime, { dispute, asOf, actor: { kind: 'stripe' } });
    if (row) await collectEvidence(runtime, row.id);
  });
};
