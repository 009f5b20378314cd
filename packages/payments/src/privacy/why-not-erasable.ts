import type { PaymentStatus } from '@onfile/db/database.ts';
import type { OperationKind } from '@onfile/db/records.ts';
import type { PersonRecords } from '@onfile/db/views/person-records.ts';
import { m } from '@onfile/messages/messages.js';
import { paymentStatusName } from '@onfile/messages/payment-status-name.ts';
import { formatAmount } from '../money.ts';
import { isOwed } from '../refunds/is-owed.ts';
import { isClosedDispute } from '../state/dispute-status.ts';

/** An amount that was given up is owed on paper only: nobody tries to collect it. */
const overStatuses: PaymentStatus[] = ['succeeded', 'canceled', 'uncollectible'];
const overRefunds = ['succeeded', 'failed', 'canceled', 'refused'];
/** Calls that erasing makes itself: one that a crash has left open is finished by the next run. */
const ownOperations: OperationKind[] = ['detach_payment_method', 'expire_session'];

/**
 * What is owed or under way between the shop and a person, as sentences: while there is anything,
 * both sides need to know who they are.
 */
export function whyNotErasable(records: PersonRecords): string[] {
  return [...whatIsOwed(records), ...whatIsUnderWay(records)];
}

function whatIsOwed({ orders, payments, refunds }: PersonRecords): string[] {
  return [
    ...payments
      .filter(({ status }) => !overStatuses.includes(status))
      .map((payment) =>
        m.erasure_payment({
          id: payment.id,
          amount: amountOf(payment),
          status: paymentStatusName(payment.status),
        }),
      ),
    ...orders
      .filter(({ status }) => status === 'open')
      .map(({ number }) => m.erasure_order({ number })),
    ...refunds
      .filter((refund) => isOwed(refund, refunds))
      .map((refund) => m.erasure_refund_owed({ id: refund.id, amount: amountOf(refund) })),
  ];
}

function whatIsUnderWay(records: PersonRecords): string[] {
  const { attempts, refunds, disputes, stripeOperations, checkoutSessions } = records;
  return [
    ...attempts
      .filter(({ status }) => status === 'open')
      .map(({ paymentId }) => m.erasure_attempt({ id: paymentId })),
    ...refunds
      .filter(({ status }) => !overRefunds.includes(status))
      .map((refund) => m.erasure_refund_open({ id: refund.id, amount: amountOf(refund) })),
    ...disputes
      .filter(({ status }) => !isClosedDispute(status))
      .map((dispute) => m.erasure_dispute({ id: dispute.id, amount: amountOf(dispute) })),
    ...stripeOperations
      .filter(({ status, kind }) => status === 'open' && !ownOperations.includes(kind))
      .map(({ id, kind }) => m.erasure_operation({ id, kind })),
    ...checkoutSessions
      .filter(({ status, settledAt }) => status === 'complete' && settledAt === null)
      .map(({ id }) => m.erasure_setup({ id })),
  ];
}

function amountOf({ amountMinor, currency }: { amountMinor: number; currency: string }): string {
  return formatAmount(amountMinor, currency);
}

/**
 * Whether what erasing ends beforehand has ended: pages, agreements, methods. A page that Stripe would not
 * make stays `creating`, and an agreement under which nothing was saved `pending`: nothing follows.
 */
export function hasEndedRelations(records: PersonRecords): boolean {
  return (
    records.checkoutSessions.every(({ status }) => status !== 'open') &&
    records.agreements.every(({ status }) => status !== 'active') &&
    records.paymentMethods.every(({ status }) => status === 'detached')
  );
}
