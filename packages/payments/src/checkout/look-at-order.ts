import type { Row } from '@onfile/db/database.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { findOrder } from '@onfile/db/tables/orders.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import type { Decline } from '../stripe/charge-outcome.ts';
import { declineOf } from '../stripe/charge-outcome.ts';
import { depositsToConfirm } from '../stripe/deposits-to-confirm.ts';
import type { DepositsToConfirm } from '../stripe/deposits-to-confirm.ts';
import { Refusal } from '../refusal.ts';
import { askForLiveIntent } from './ask-for-live-intent.ts';
import type { Runtime } from '../runtime.ts';

/** Where the payment of an order stands that the shopper makes now. */
export interface OrderStanding {
  state: 'paid' | 'authorized' | 'processing' | 'needs_step' | 'owed' | 'asking';
  /** Of an intent that waits for the shopper's step on our own page; for them alone. */
  clientSecret: string | null;
  /** What a bank account waits for that was paid with; for the shopper alone. */
  verify: DepositsToConfirm | null;
  /** Why the last try on it failed. */
  decline: Decline | null;
  tries: number;
}

/**
 * Looks at the first payment of an order, asks Stripe where it is not settled, and settles what
 * it hears: what the page calls after the bank's step, and on every visit while something is open.
 * @throws Refusal `not_found`
 */
export async function lookAtOrder(
  runtime: Runtime,
  ask: { customerId: string; orderId: string },
): Promise<OrderStanding> {
  const order = await findOrder(runtime.db, ask.orderId);
  if (order?.customerId !== ask.customerId) throw new Refusal('not_found', 'orderId');
  const before = await firstPayment(runtime, order.id);
  if (!before) return { state: 'owed', clientSecret: null, verify: null, decline: null, tries: 0 };
  const intent = await askForLiveIntent(runtime, before);
  const payment = (await firstPayment(runtime, order.id)) ?? before;
  const attempts = await listAttempts(runtime.db, payment.id);
  const isAsking = attempts.some(({ status }) => status === 'open');
  const isOurs = intent && !intent.metadata['onfile_session'];
  return {
    state: isAsking ? 'asking' : stateOf(payment),
    clientSecret: isOurs && intent.status === 'requires_action' ? intent.client_secret : null,
    verify: intent && depositsToConfirm(intent),
    decline: intent?.last_payment_error ? declineOf(intent.last_payment_error) : null,
    tries: attempts.length,
  };
}

/** What is, or was, paid first: a deposit before its balance. */
async function firstPayment(
  runtime: Runtime,
  orderId: string,
): Promise<Row<'payments'> | undefined> {
  const payments = (await listOrderPayments(runtime.db, orderId)).filter(
    ({ kind, status }) => kind !== 'hold' && status !== 'canceled',
  );
  const settled = ['succeeded', 'scheduled', 'uncollectible'];
  return payments.find(({ status }) => !settled.includes(status)) ?? payments[0];
}

function stateOf(payment: Row<'payments'>): OrderStanding['state'] {
  switch (payment.status) {
    case 'succeeded':
      return 'paid';
    case 'requires_capture':
      return 'authorized';
    case 'processing':
      return 'processing';
    case 'requires_action':
      return 'needs_step';
    default:
      return 'owed';
  }
}
