import type Stripe from 'stripe';
import type { Db, PaymentStatus, Row } from '@onfile/db/database.ts';
import type { AtStripe } from './find-violations.ts';

/** Where our rows and Stripe's objects say different things. */
export async function unlikeStripe(
  db: Db,
  payments: Row<'payments'>[],
  { intents, refunds, methods }: AtStripe,
): Promise<string[]> {
  return [
    ...payments.flatMap((payment) =>
      unlikeIntents(
        payment,
        intents.filter(({ metadata }) => metadata['onfile_payment'] === payment.id),
      ),
    ),
    ...unlikeRefunds(await db.selectFrom('refunds').selectAll().execute(), refunds),
    ...unlikeMethods(await db.selectFrom('paymentMethods').selectAll().execute(), methods),
  ];
}

const decisive = ['succeeded', 'requires_capture', 'processing', 'requires_action'] as const;

function isDecisive(status: string): status is (typeof decisive)[number] {
  return (decisive as readonly string[]).includes(status);
}

/** What a payment must be here, from what its intents are at Stripe; null: it is still owed, or ended. */
function statusByIntents(intents: Stripe.PaymentIntent[]): PaymentStatus | null {
  return decisive.find((status) => intents.some((intent) => intent.status === status)) ?? null;
}

function unlikeIntents(payment: Row<'payments'>, intents: Stripe.PaymentIntent[]): string[] {
  const found: string[] = [];
  const status = statusByIntents(intents);
  if (status ? payment.status !== status : isDecisive(payment.status)) {
    found.push(`payment ${payment.id} is ${payment.status} here, ${status ?? 'owed'} at Stripe`);
  }
  const held = intents.find((intent) => intent.status === 'requires_capture');
  if (held && held.amount !== payment.amountMinor) {
    found.push(`payment ${payment.id}: ${String(held.amount)} is held at Stripe, not what is here`);
  }
  const here = payment.amountReceivedMinor;
  const there = intents.reduce((sum, intent) => sum + intent.amount_received, 0);
  if (here !== there) {
    found.push(`payment ${payment.id} received ${String(here)} here, ${String(there)} at Stripe`);
  }
  return found;
}

function unlikeRefunds(rows: Row<'refunds'>[], refunds: Stripe.Refund[]): string[] {
  const byId = new Map(rows.map((row) => [row.stripeRefundId, row]));
  return refunds.flatMap(({ id, status, amount }) => {
    const row = byId.get(id);
    if (row?.status === status && row?.amountMinor === amount) return [];
    return [`refund ${id} is ${String(row?.status)} here, ${String(status)} at Stripe`];
  });
}

function unlikeMethods(rows: Row<'paymentMethods'>[], methods: Stripe.PaymentMethod[]): string[] {
  const attached = new Set(
    methods.filter(({ customer }) => customer !== null).map((method) => method.id),
  );
  return rows.flatMap(({ id, status, stripePaymentMethodId }) => {
    const isThere = attached.has(stripePaymentMethodId);
    if ((status === 'attached') === isThere) return [];
    return [`method ${id} is ${status} here, ${isThere ? 'attached' : 'detached'} at Stripe`];
  });
}
