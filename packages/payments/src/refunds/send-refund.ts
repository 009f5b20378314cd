import Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { findRefund } from '@onfile/db/tables/refunds.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import type { BegunRefund } from './begin-refund.ts';
import { finishRefund } from './finish-refund.ts';

/**
 * The first sending of a refund, by the process that wrote it down.
 * @returns the refund as it is then: still `open` where Stripe gave no usable answer
 * @throws Refusal `refund_refused` with Stripe's code
 */
export async function sendRefund(runtime: Runtime, begun: BegunRefund): Promise<Row<'refunds'>> {
  try {
    if (begun.operation) await finishRefund(runtime, begun.operation);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) {
      throw new Refusal('refund_refused', null, { code: error.code ?? error.type });
    }
    const isUnknown = error instanceof Refusal && error.code === 'stripe_unavailable';
    if (!isUnknown) throw error;
  }
  const refund = await findRefund(runtime.db, begun.refundId);
  if (!refund) throw new Error(`refund ${begun.refundId} is gone`);
  return refund;
}
