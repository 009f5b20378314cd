import type { Row, Tx } from '@onfile/db/database.ts';
import { findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
import { listHeldUnder, updatePayment } from '@onfile/db/tables/payments.ts';
import { audit } from '../audit.ts';
import type { Runtime } from '../runtime.ts';
import { beginOperation } from '../stripe/stripe-operation.ts';

/** How long staff have to capture what an agreement that was withdrawn still covers. */
const captureWithinMs = 24 * 60 * 60 * 1000;

/** So long before the bank lets go by itself our own release is made. */
const beforeDeadlineMs = 60 * 60 * 1000;

/**
 * An agreement was withdrawn: what is held under it is let go, unless staff capture it within its stated
 * purpose, with a reason, in the time that is left to them. The release is written down now, and made by
 * the worker then.
 * @returns what is held
 */
export async function releaseWithAgreement(
  tx: Tx,
  runtime: Pick<Runtime, 'clock'>,
  agreementId: string,
): Promise<Row<'payments'>[]> {
  const now = runtime.clock.now();
  const held = await listHeldUnder(tx, agreementId);
  for (const payment of held) {
    const live = await findLiveIntent(tx, payment.id);
    if (!live) continue;
    await updatePayment(tx, payment.id, { holdEnd: 'release' });
    const deadline = (payment.captureBefore ?? Infinity) - beforeDeadlineMs;
    await beginOperation(tx, runtime.clock, {
      kind: 'release_intent',
      subjectId: live.id,
      request: { stripePaymentIntentId: live.stripePaymentIntentId },
      notBefore: Math.max(now, Math.min(now + captureWithinMs, deadline)),
    });
    await audit(tx, runtime.clock, {
      actor: { kind: 'worker' },
      action: 'payment.release_planned',
      subject: { kind: 'payment', id: payment.id },
      details: { agreement: agreementId },
    });
  }
  return held;
}
