import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { findRefund, findRefundByStripeId } from '@onfile/db/tables/refunds.ts';
import { chargesToCompare } from '@onfile/db/views/rows-to-compare.ts';
import type { Runtime } from '../runtime.ts';
import { orMissing } from '../stripe/or-missing.ts';
import { refundMark, settleRefund } from '../state/settle-refund.ts';
import type { HeldRun } from './held-run.ts';
import { noteFinding } from './note-finding.ts';
import type { Page } from './page.ts';
import { partOfIntents, readAll } from './page.ts';
import { recentMs } from './plan-drift.ts';

/** What was given back of each recent charge. */
export async function compareRefunds(runtime: Runtime, run: HeldRun): Promise<Page> {
  const since = run.createdAt - recentMs;
  const part = await partOfIntents(runtime, run);
  const { rows, last } = await chargesToCompare(runtime.db, { ...part, since });
  for (const intent of rows) await compareCharge(runtime, run, intent);
  return { checked: rows.length, last };
}

async function compareCharge(
  runtime: Runtime,
  run: HeldRun,
  intent: Row<'paymentIntents'>,
): Promise<void> {
  await run.keep();
  const asOf = runtime.clock.now();
  const payment_intent = intent.stripePaymentIntentId;
  const list = runtime.stripe.refunds.list({ payment_intent, limit: 100 });
  for (const refund of (await orMissing(readAll(run, list))) ?? []) {
    const known = await findOurs(runtime, refund);
    // Nothing was taken, nothing is given back: what Stripe writes when a hold ends.
    if (!known && refund.balance_transaction === null) continue;
    if (known && (known.status === refund.status || known.asOf > asOf)) continue;
    // Being sent by us: its operation is still open.
    if (known?.status === 'open') continue;
    await noteFinding(runtime, run, {
      kind: known ? 'refund_differs' : 'refund_unknown_here',
      subject: { kind: 'refund', id: known?.id ?? null },
      stripeId: refund.id,
      ours: known?.status ?? null,
      stripes: refund.status,
      since: refund.created * 1000,
      async repair() {
        await settleRefund(runtime, { refund, asOf, actor: { kind: 'stripe' } });
        return (await findOurs(runtime, refund))?.status === refund.status;
      },
    });
  }
}

async function findOurs(
  runtime: Runtime,
  refund: Stripe.Refund,
): Promise<Row<'refunds'> | undefined> {
  const mark = refund.metadata?.[refundMark];
  const known = await findRefundByStripeId(runtime.db, refund.id);
  return known ?? (mark ? findRefund(runtime.db, mark) : undefined);
}
