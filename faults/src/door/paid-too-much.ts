import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import type { AtStripe } from './find-violations.ts';

/** Money by Stripe's own account of it: more than one success, more than owed, more back than paid. */
export function paidTooMuch(
  payments: Row<'payments'>[],
  { intents, refunds }: Pick<AtStripe, 'intents' | 'refunds'>,
): string[] {
  const found: string[] = [];
  for (const intent of intents) {
    const id = intent.metadata['onfile_payment'];
    if (!payments.some((payment) => payment.id === id)) {
      found.push(`intent ${intent.id} belongs to no payment of ours`);
    }
  }
  for (const payment of payments) {
    const own = intents.filter(({ metadata }) => metadata['onfile_payment'] === payment.id);
    found.push(...ofPayment(payment, own, refunds));
  }
  return found;
}

function ofPayment(
  { id, amountMinor }: Row<'payments'>,
  own: Stripe.PaymentIntent[],
  refunds: Stripe.Refund[],
): string[] {
  const found: string[] = [];
  const takes = own.filter(({ status }) =>
    ['succeeded', 'requires_capture', 'processing'].includes(status),
  );
  if (takes.length > 1) {
    const named = takes.map((intent) => `${intent.id} ${intent.status}`).join(', ');
    found.push(`payment ${id} was taken ${String(takes.length)} times: ${named}`);
  }
  const received = own.reduce((sum, intent) => sum + intent.amount_received, 0);
  if (received > amountMinor) {
    found.push(`payment ${id} owed ${String(amountMinor)} and was charged ${String(received)}`);
  }
  const ids = own.map((intent) => intent.id);
  const back = refunds
    .filter(({ payment_intent: of }) => ids.includes(typeof of === 'string' ? of : (of?.id ?? '')))
    .filter(({ status }) => status !== 'failed' && status !== 'canceled')
    .reduce((sum, refund) => sum + refund.amount, 0);
  if (back > received) {
    found.push(`payment ${id} received ${String(received)} and gave back ${String(back)}`);
  }
  return found;
}
