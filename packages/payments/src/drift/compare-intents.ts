import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { findIntentByStripeId } from '@onfile/db/tables/payment-intents.ts';
import { intentsToCompare } from '@onfile/db/views/rows-to-compare.ts';
import { keepIntentMethod } from '../checkout/keep-method.ts';
import type { Runtime } from '../runtime.ts';
import { orMissing } from '../stripe/or-missing.ts';
import { isOurIntent, settlePaymentIntent } from '../state/settle-payment-intent.ts';
import type { HeldRun } from './held-run.ts';
import { noteFinding } from './note-finding.ts';
import type { Page } from './page.ts';
import { partOf } from './page.ts';
import { recentMs } from './plan-drift.ts';

const actor = { kind: 'stripe' as const };

/** What each open or recent PaymentIntent of ours came to. */
export async function compareIntents(runtime: Runtime, run: HeldRun): Promise<Page> {
  const since = run.createdAt - recentMs;
  const intents = await intentsToCompare(runtime.db, { ...partOf(run, 20), since });
  for (const row of intents) await compareIntent(runtime, run, row);
  return { checked: intents.length, last: intents.at(-1)?.id ?? null };
}

async function compareIntent(
  runtime: Runtime,
  run: HeldRun,
  row: Row<'paymentIntents'>,
): Promise<void> {
  await run.keep();
  const asOf = runtime.clock.now();
  const id = row.stripePaymentIntentId;
  const call = runtime.stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
  const intent = await orMissing(call);
  if (intent && inShort(row) === ofStripe(intent)) return;
  // Settled by somebody else since we asked: the answer is the older one.
  const now = await findIntentByStripeId(runtime.db, id);
  if (!now || now.asOf > asOf || (intent && inShort(now) === ofStripe(intent))) return;
  await noteFinding(runtime, run, {
    kind: 'intent_differs',
    subject: { kind: 'payment', id: row.paymentId },
    stripeId: id,
    ours: inShort(now),
    stripes: intent && ofStripe(intent),
    since: intent && movedAt(intent),
    repair: () => (intent ? settle(runtime, intent, asOf) : Promise.resolve(false)),
  });
}

/**
 * PaymentIntents that bear our mark and that we do not know: charged in our name, and forgotten. Read
 * from Stripe's list, a page at a time.
 */
export async function findUnknownIntents(runtime: Runtime, run: HeldRun): Promise<Page> {
  const spanMs = run.extent === 'full' ? recentMs : recentMs / 30;
  const asOf = runtime.clock.now();
  const page = await runtime.stripe.paymentIntents.list({
    created: { gte: Math.floor((run.createdAt - spanMs) / 1000) },
    limit: 100,
    ...(run.cursor && { starting_after: run.cursor }),
  });
  for (const intent of page.data) {
    const paymentId = intent.metadata['onfile_payment'];
    const isOurs = paymentId && (await isOurIntent(runtime.db, intent));
    if (!isOurs || (await findIntentByStripeId(runtime.db, intent.id))) continue;
    await run.keep();
    await noteFinding(runtime, run, {
      kind: 'intent_unknown_here',
      subject: { kind: 'payment', id: paymentId },
      stripeId: intent.id,
      ours: null,
      stripes: ofStripe(intent),
      since: intent.created * 1000,
      repair: () => settle(runtime, intent, asOf),
    });
  }
  return { checked: 0, last: page.has_more ? (page.data.at(-1)?.id ?? null) : null };
}

async function settle(
  runtime: Runtime,
  intent: Stripe.PaymentIntent,
  asOf: number,
): Promise<boolean> {
  await settlePaymentIntent(runtime, { intent, asOf, actor });
  await keepIntentMethod(runtime, intent, actor);
  const after = await findIntentByStripeId(runtime.db, intent.id);
  return after !== undefined && inShort(after) === ofStripe(intent);
}

const inShort = (row: Pick<Row<'paymentIntents'>, 'status' | 'amountReceivedMinor'>): string =>
  `${row.status} ${String(row.amountReceivedMinor)}`;

const ofStripe = (intent: Stripe.PaymentIntent): string =>
  `${intent.status} ${String(intent.amount_received)}`;

/** When it last moved, as far as the object says: nothing in it says so outright. */
function movedAt(intent: Stripe.PaymentIntent): number {
  const charge = intent.latest_charge;
  const charged = charge && typeof charge !== 'string' ? charge.created : 0;
  return Math.max(intent.created, intent.canceled_at ?? 0, charged) * 1000;
}
