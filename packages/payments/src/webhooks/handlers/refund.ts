import type Stripe from 'stripe';
import { settleRefund } from '../../state/settle-refund.ts';
import { isAboutOurIntent } from '../know-intent.ts';
import type { Handler } from '../handlers.ts';

const actor = { kind: 'stripe' as const };

/** A refund was made or has moved on; one that succeeded can still fail, so Stripe is asked. */
export const handleRefund: Handler = async (runtime, event, asking) => {
  const snapshot = event.data.object as Stripe.Refund;
  if (!(await isAboutOurIntent(runtime, asking, snapshot))) return;
  await asking.once(`refund ${snapshot.id}`, async () => {
    const asOf = runtime.clock.now();
    const refund = await runtime.stripe.refunds.retrieve(snapshot.id);
    await settleRefund(runtime, { refund, asOf, actor });
  });
};

/** Something was given back of a charge: its refunds are read, whoever made them. */
export const handleChargeRefunded: Handler = async (runtime, event, asking) => {
  const charge = event.data.object as Stripe.Charge;
  if (!(await isAboutOurIntent(runtime, asking, charge))) return;
  await asking.once(`refunds of ${charge.id}`, async () => {
    const asOf = runtime.clock.now();
    for await (const refund of runtime.stripe.refunds.list({ charge: charge.id, limit: 100 })) {
      await settleRefund(runtime, { refund, asOf, actor });
    }
  });
};
