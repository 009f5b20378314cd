import { describe, expect, it } from 'vitest';
import { mayFollow, paymentStatuses, paymentStatusOf } from './payment-status.ts';

describe('payment status', () => {
  it('allows exactly these steps', () => {
    // One row a status it comes from, one column a status it goes to, in this order:
    // scheduled, requires_payment_method, requires_action, processing, requires_capture,
    // succeeded, canceled, uncollectible
    expect(
      paymentStatuses.map((from) =>
        paymentStatuses.map((to) => (mayFollow(from, to) ? 'x' : '.')).join(''),
      ),
    ).toEqual([
      '.xxxxxxx',
      '..xxxxxx',
      '.x.xxxxx',
      '.xx.xxx.',
      '.....xx.',
      '........',
      '........',
      '..xxxxx.',
    ]);
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
