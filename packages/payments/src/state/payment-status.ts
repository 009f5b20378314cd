import type { PaymentStatus } from '@onfile/db/database.ts';

/**
 * Which status may follow which: the whole life of an amount owed. `succeeded` is final (a refund
 * is a row of its own); `uncollectible` may still be paid by the shopper's own act.
 */
const next: Record<PaymentStatus, readonly PaymentStatus[]> = {
  scheduled: [
    'requires_payment_method',
    'requires_action',
    'processing',
    'requires_capture',
    'succeeded',
    'canceled',
    'uncollectible',
  ],
  requires_payment_method: [
    'requires_action',
    'processing',
    'requires_capture',
    'succeeded',
    'canceled',
    'uncollectible',
  ],
  requires_action: [
    'requires_payment_method',
    'processing',
    'requires_capture',
    'succeeded',
    'canceled',
    'uncollectible',
  ],
  processing: [
    'requires_payment_method',
    'requires_action',
    'requires_capture',
    'succeeded',
    'canceled',
  ],
  requires_capture: ['succeeded', 'canceled'],
  succeeded: [],
  canceled: [],
  uncollectible: ['requires_action', 'processing', 'requires_capture', 'succeeded', 'canceled'],
};

/** Whether a payment may go from one status to the other. */
export function mayFollow(from: PaymentStatus, to: PaymentStatus): boolean {
  return next[from].includes(to);
}

/** Every status, for views and for the test that proves the table total. */
export const paymentStatuses = Object.keys(next) as PaymentStatus[];

/**
 * The payment's status that a live intent's status means. Stripe's `requires_confirmation` counts
 * as `requires_payment_method`: in both, somebody has to confirm.
 * @returns null for a status that this code does not know
 */
export function paymentStatusOf(intentStatus: string): PaymentStatus | null {
  switch (intentStatus) {
    case 'requires_confirmation':
    case 'requires_payment_method':
      return 'requires_payment_method';
    case 'requires_action':
    case 'processing':
    case 'requires_capture':
    case 'succeeded':
    case 'canceled':
      return intentStatus;
    default:
      return null;
  }
}

/** Statuses of an intent that never change again, and so need no second question to Stripe. */
export function isTerminalIntent(intentStatus: string): boolean {
  return intentStatus === 'succeeded' || intentStatus === 'canceled';
}
