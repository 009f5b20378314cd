import type Stripe from 'stripe';
import type { NewRow } from '@onfile/db/database.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import type { OnFile } from '@onfile/dev-env/save-card.ts';
import { newId } from '@onfile/payments/ids.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { stripeIdOf } from '@onfile/payments/stripe/stripe-id.ts';
import { fewer } from '../fewer.ts';

/** They make about 10,000 events. */
const chargesMade = fewer(2_400);
const customers = fewer(240);
/** Of so many charges one is given back; so many charges have one customer that was changed. */
const chargesARefund = 20;
const atOnce = 16;
const amountMinor = 100;

/**
 * Charges of saved cards while their shoppers are away, made at the sandbox and told by its own events:
 * per charge `payment_intent.created`, `charge.succeeded`, `payment_intent.succeeded` and
 * `charge.updated` (Stripe sends it when the balance transaction is there; the sandbox has that at once,
 * so that changed metadata stand in for it); of one in twenty its refund (`refund.created`, `charge.refunded` and what follows); of each customer a changed name
 * (`customer.updated`) and billing address (`payment_method.updated`). These are types that Onfile and
 * `stripe-sync-engine` both understand. Onfile has no use for the created intent, the charge and the
 * customer, and only keeps them: at Stripe it would not even ask for those.
 *
 * In our tables each payment stands as after an answer that left it `processing`.
 * @returns the events, oldest first, as Stripe writes them
 */
export async function makeCharges(
  shop: Constellation,
  runtime: Runtime,
  say: (line: string) => void,
): Promise<Stripe.Event[]> {
  await shop.control.pauseWebhooks(true);
  say(`${customers} cards are saved at the sandbox …`);
  const onFile: OnFile[] = [];
  const test = { runtime, sandbox: { url: shop.sandboxUrl } };
  for (let at = 0; at < customers; at += 1) {
    onFile.push(await saveCard(test, `charged-${at}`, '4242424242424242'));
  }
  const [before] = (await runtime.stripe.events.list({ limit: 1 })).data;
  say(`${chargesMade} charges are made there …`);
  await eachOf(chargesMade, async (at) => {
    const on = onFile[at % onFile.length];
    if (!on) throw new Error('no card is on file');
    await charge(runtime, on, at);
  });
  await eachOf(customers, async (at) => changeCustomer(runtime, onFile[at] as OnFile));
  return listEventsSince(runtime.stripe, before?.id);
}

async function eachOf(count: number, work: (at: number) => Promise<void>): Promise<void> {
  let next = 0;
  const hand = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, hand));
}

async function charge(runtime: Runtime, on: OnFile, at: number): Promise<void> {
  const paymentId = newId('payment');
  const request = {
    amount: amountMinor,
    currency: 'usd',
    customer: on.customer.stripeCustomerId ?? '',
    payment_method: on.method.stripePaymentMethodId,
    off_session: true,
    confirm: true,
    metadata: { onfile_payment: paymentId },
  };
  const intent = await runtime.stripe.paymentIntents.create(request);
  await writeRows(runtime, on, { paymentId, intent, request });
  const chargeId = stripeIdOf(intent.latest_charge) ?? '';
  await runtime.stripe.charges.update(chargeId, { metadata: { settled: 'yes' } });
  if (at % chargesARefund === 0) {
    await runtime.stripe.refunds.create({ payment_intent: intent.id });
  }
}

async function changeCustomer(runtime: Runtime, on: OnFile): Promise<void> {
  const { stripeCustomerId } = on.customer;
  const { stripePaymentMethodId } = on.method;
  await runtime.stripe.customers.update(stripeCustomerId ?? '', { name: 'Ada King' });
  const address = { line1: '12 St James’s Square', city: 'London', country: 'GB' };
  await runtime.stripe.paymentMethods.update(stripePaymentMethodId, {
    billing_details: { address },
  });
}

/** As the door leaves them after an answer that says `processing`. */
async function writeRows(
  runtime: Runtime,
  on: OnFile,
  made: { paymentId: string; intent: Stripe.PaymentIntent; request: object },
): Promise<void> {
  const { paymentId, intent, request } = made;
  const now = runtime.clock.now();
  const payment: NewRow<'payments'> = {
    id: paymentId,
    customerId: on.customer.id,
    agreementId: on.agreementId,
    paymentMethodId: on.method.id,
    kind: 'balance',
    amountMinor,
    currency: 'usd',
    reason: 'Balance of a workshop',
    status: 'processing',
    dueAt: now,
    createdAt: now,
    updatedAt: now,
  };
  const live: NewRow<'paymentIntents'> = {
    id: newId('paymentIntent'),
    paymentId,
    stripePaymentIntentId: intent.id,
    status: 'processing',
    amountReceivedMinor: 0,
    asOf: now,
    createdAt: now,
    updatedAt: now,
  };
  const attempt: NewRow<'attempts'> = {
    id: newId('attempt'),
    paymentId,
    number: 1,
    paymentMethodId: on.method.id,
    status: 'processing',
    idempotencyKey: `${paymentId}:1`,
    request: JSON.stringify(request),
    cardFingerprint: on.method.fingerprint,
    sendCount: 1,
    startedAt: now,
    finishedAt: now,
    nextTryAt: now,
  };
  await inTransaction(runtime.db, async (tx) => {
    await tx.insertInto('payments').values(payment).execute();
    await tx.insertInto('paymentIntents').values(live).execute();
    await tx.insertInto('attempts').values(attempt).execute();
  });
}

async function listEventsSince(stripe: Stripe, last: string | undefined): Promise<Stripe.Event[]> {
  const events: Stripe.Event[] = [];
  const since = { limit: 100, ...(last && { ending_before: last }) };
  for await (const event of stripe.events.list(since)) events.push(event);
  // With `ending_before` the SDK goes through the list from its older end.
  return events.toSorted((a, b) => a.created - b.created);
}
