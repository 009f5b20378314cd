import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { findCustomerByStripeOwner } from '@onfile/db/tables/customers.ts';
import { findIntentByStripeId } from '@onfile/db/tables/payment-intents.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { intentsToCompare } from '@onfile/db/views/rows-to-compare.ts';
import { keepIntentMethod } from '../checkout/keep-method.ts';
import { currencyCodes, formatAmount } from '../money.ts';
import type { Runtime } from '../runtime.ts';
import { orMissing } from '../stripe/or-missing.ts';
import { stripeOwnerOf } from '../stripe/stripe-id.ts';
import { settlePaymentIntent } from '../state/settle-payment-intent.ts';
import type { HeldRun } from './held-run.ts';
import type { Difference } from './note-finding.ts';
import { noteFinding, noteStray } from './note-finding.ts';
import type { Page } from './page.ts';
import { partOfIntents } from './page.ts';
import { recentMs } from './plan-drift.ts';

const actor = { kind: 'stripe' as const };

/** What each open or recent PaymentIntent of ours came to. */
export async function compareIntents(runtime: Runtime, run: HeldRun): Promise<Page> {
  const since = run.createdAt - recentMs;
  const part = await partOfIntents(runtime, run);
  const { rows, last } = await intentsToCompare(runtime.db, { ...part, since });
  for (const row of rows) await compareIntent(runtime, run, row);
  return { checked: rows.length, last };
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
  if (intent && isSame(row, intent)) return;
  // Settled by somebody else since we asked: the answer is the older one.
  const now = await findIntentByStripeId(runtime.db, id);
  if (!now || now.asOf > asOf || (intent && isSame(now, intent))) return;
  const currency = intent?.currency ?? (await findPayment(runtime.db, row.paymentId))?.currency;
  await noteFinding(runtime, run, {
    kind: 'intent_differs',
    subject: { kind: 'payment', id: row.paymentId },
    stripeId: id,
    ours: inWords(now.status, now.amountReceivedMinor, currency),
    stripes: intent && wordsOf(intent),
    since: intent && movedAt(intent),
    repair: () => (intent ? settle(runtime, intent, asOf) : Promise.resolve(false)),
  });
}

/**
 * PaymentIntents that bear our mark and that we do not know. Where the payment that one names or the
 * customer who was charged is known here, it was charged in our name and forgotten: that is drift. Where
 * neither is, nobody can tell whether it is another installation's at the same Stripe account or was
 * lost with its customer, when an older back-up was restored: those are named apart, and only when a
 * person has asked for all of it. Read from Stripe's list, a page at a time.
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
    if (!paymentId || (await findIntentByStripeId(runtime.db, intent.id))) continue;
    await run.keep();
    const found = {
      stripeId: intent.id,
      stripes: wordsOf(intent),
      since: intent.created * 1000,
    };
    const subject = await findSubject(runtime, intent, paymentId);
    if (subject) {
      const repair = () => settle(runtime, intent, asOf);
      await noteFinding(runtime, run, {
        ...found,
        kind: 'intent_unknown_here',
        subject,
        ours: null,
        repair,
      });
    } else if (run.extent === 'full') {
      await noteStray(runtime, run, { ...found, subject: { kind: 'payment', id: paymentId } });
    }
  }
  return { checked: 0, last: page.has_more ? (page.data.at(-1)?.id ?? null) : null };
}

/** What of ours an intent is about: the payment that it names, else whoever was charged; null: neither. */
async function findSubject(
  runtime: Runtime,
  intent: Stripe.PaymentIntent,
  paymentId: string,
): Promise<Difference['subject'] | null> {
  if (await findPayment(runtime.db, paymentId)) return { kind: 'payment', id: paymentId };
  const owner = stripeOwnerOf(intent);
  const customer = owner && (await findCustomerByStripeOwner(runtime.db, owner));
  return customer ? { kind: 'customer', id: customer.id } : null;
}

async function settle(
  runtime: Runtime,
  intent: Stripe.PaymentIntent,
  asOf: number,
): Promise<boolean> {
  await settlePaymentIntent(runtime, { intent, asOf, actor });
  await keepIntentMethod(runtime, intent, actor);
  const after = await findIntentByStripeId(runtime.db, intent.id);
  return after !== undefined && isSame(after, intent);
}

function isSame(row: Row<'paymentIntents'>, intent: Stripe.PaymentIntent): boolean {
  return row.status === intent.status && row.amountReceivedMinor === intent.amount_received;
}

/** What an intent came to, for people: `succeeded, $10.99 received`. */
function inWords(status: string, receivedMinor: number, currency: string | undefined): string {
  if (receivedMinor === 0) return status;
  // Of somebody else's intent it may be one that nothing can be charged in here.
  const isKnown = currency !== undefined && currencyCodes().includes(currency);
  const received = isKnown ? formatAmount(receivedMinor, currency) : String(receivedMinor);
  return `${status}, ${received} received`;
}

const wordsOf = (intent: Stripe.PaymentIntent): string =>
  inWords(intent.status, intent.amount_received, intent.currency);

/** When it last moved, as far as the object says: nothing in it says so outright. */
function movedAt(intent: Stripe.PaymentIntent): number {
  const charge = intent.latest_charge;
  const charged = charge && typeof charge !== 'string' ? charge.created : 0;
  return Math.max(intent.created, intent.canceled_at ?? 0, charged) * 1000;
}
