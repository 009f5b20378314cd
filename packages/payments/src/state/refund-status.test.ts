import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefundNews, refundStatuses, refundStatusOf } from './refund-status.ts';

/** The row after some news, in the order in which it came. */
function after(news: { status: (typeof refundStatuses)[number]; asOf: number }[]) {
  let row: (typeof news)[number] = { status: 'open', asOf: 0 };
  for (const one of news) if (isRefundNews(row, one)) row = one;
  return row.status;
}

describe('the status of a refund', () => {
  it('ends in the same word whatever the order and repetition of the news', () => {
    const life = [
      { status: 'pending', asOf: 1 },
      { status: 'succeeded', asOf: 2 },
      { status: 'failed', asOf: 3 },
    ] as const;
    const shuffled = fc.shuffledSubarray([...life, ...life], { minLength: 1 });
    fc.assert(
      fc.property(shuffled, (news) => {
        const last = news.reduce((a, b) => (b.asOf > a.asOf ? b : a));
        expect(after(news)).toBe(last.status);
      }),
    );
  });

  it('goes from succeeded to failed, and from an end to nothing', () => {
    for (const status of refundStatuses) {
      const fromSuccess = isRefundNews({ status: 'succeeded', asOf: 1 }, { status, asOf: 9 });
      expect([status, fromSuccess]).toEqual([status, ['failed', 'canceled'].includes(status)]);
      for (const end of ['failed', 'canceled'] as const) {
        expect(isRefundNews({ status: end, asOf: 1 }, { status, asOf: 9 })).toBe(false);
      }
    }
  });

  it('knows Stripe’s words and no others', () => {
    const ours = refundStatuses.filter((status) => refundStatusOf(status) === null);
    expect(ours).toEqual(['open', 'refused']);
    expect(refundStatusOf('something_new')).toBeNull();
    expect(refundStatusOf(null)).toBeNull();
  });
});
