import type { RefundStatus } from '@onfile/db/after-charge.ts';

/**
 * How far a refund has come. It only ever goes on: one that succeeded may still fail when the card's
 * bank sends it back; `failed` and `canceled` are its end. `refused` stands before the first of
 * Stripe's words, because what was taken for a refusal may turn out to have been made.
 */
const progress: Record<RefundStatus, number> = {
  open: 0,
  refused: 1,
  requires_action: 2,
  pending: 2,
  succeeded: 3,
  failed: 4,
  canceled: 4,
};

/**
 * Whether news of a refund is to be written over what is known: news that is further on always,
 * news of the same stage when it is not older. So any order and repetition ends in the same row.
 */
export function isRefundNews(
  known: { status: RefundStatus; asOf: number },
  news: { status: RefundStatus; asOf: number },
): boolean {
  const step = progress[news.status] - progress[known.status];
  if (known.status === news.status || progress[known.status] === progress.failed) return false;
  return step > 0 || (step === 0 && news.asOf >= known.asOf);
}

/**
 * Stripe's status of a refund as ours.
 * @returns null for one that this code does not know
 */
export function refundStatusOf(status: string | null): RefundStatus | null {
  switch (status) {
    case 'pending':
    case 'requires_action':
    case 'succeeded':
    case 'failed':
    case 'canceled':
      return status;
    default:
      return null;
  }
}

/** Every status, for the test that proves the order total. */
export const refundStatuses = Object.keys(progress) as RefundStatus[];
