import { describe, expect, it } from 'vitest';
import { mayFollow, paymentStatuses, paymentStatusOf } from './payment-status.ts';

describe('payment status', () => {
  it('says of every pair of statuses whether one may follow the other', () => {
    for (const from of paymentStatuses) {
      for (const to of paymentStatuses) expect(typeof mayFollow(from, to)).toBe('boolean');
    }
    expect(paymentStatuses).toHaveLength(8);
  });

  it('never leaves succeeded or canceled', () => {
    for (const to of paymentStatuses) {
      expect(mayFollow('succeeded', to)).toBe(false);
      expect(mayFollow('canceled', to)).toBe(false);
    }
  });

  it('lets every status but the final ones end in succeeded', () => {
    const open = paymentStatuses.filter((s) => s !== 'succeeded' && s !== 'canceled');
    for (const from of open) expect(mayFollow(from, 'succeeded')).toBe(true);
  });

  it('never goes back to scheduled', () => {
    for (const from of paymentStatuses) expect(mayFollow(from, 'scheduled')).toBe(false);
  });

  it('knows each of Stripe’s words, and none that Stripe does not have', () => {
    expect(paymentStatusOf('requires_confirmation')).toBe('requires_payment_method');
    expect(paymentStatusOf('requires_capture')).toBe('requires_capture');
    expect(paymentStatusOf('something_new')).toBeNull();
  });
});
