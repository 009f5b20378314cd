import { describe, expect, it } from 'vitest';
import { historyWords } from './history-words.ts';

describe('the history of a payment in words', () => {
  it('says of a requested charge how much and why, without ids', () => {
    const details = {
      amountMinor: 2000,
      currency: 'usd',
      reason: 'Deposit',
      agreement: 'agr_1',
      method: 'meth_1',
      wentPastDuplicate: null,
    };
    expect(historyWords({ action: 'payment.charge_requested', details }, '$20.00')).toEqual({
      title: 'Charge requested',
      detail: '$20.00 for “Deposit”',
      earlierPaymentId: null,
    });
  });

  it('keeps the earlier payment that staff were warned of', () => {
    const details = { reason: 'Deposit', wentPastDuplicate: 'pay_1' };
    const words = historyWords({ action: 'payment.charge_requested', details }, '$20.00');
    expect(words.earlierPaymentId).toBe('pay_1');
  });

  it('names the attempt, what it came to and Stripe’s codes', () => {
    const details = { attempt: 1, code: 'card_declined', declineCode: 'generic_decline' };
    expect(historyWords({ action: 'attempt.declined', details }, '$20.00')).toMatchObject({
      title: 'Attempt 1: Declined',
      detail: 'card_declined · generic_decline',
    });
  });

  it('names what went back, and what is disputed', () => {
    const details = { refund: 'ref_1', amount: '$4.00' };
    const titleOf = (action: string) => historyWords({ action, details }, '$20.00').title;
    expect(titleOf('refund.requested')).toBe('Refund of $4.00 asked for');
    expect(titleOf('refund.failed')).toBe('Refund of $4.00: Came back');
    expect(titleOf('dispute.needs_response')).toBe('Dispute: Needs an answer');
    expect(titleOf('payment.fraud_warning')).toBe('The bank suspects fraud');
  });

  it('names the payment’s new status as the badges do', () => {
    const details = { from: 'requires_payment_method', intent: 'pi_1' };
    expect(historyWords({ action: 'payment.succeeded', details }, '$20.00')).toMatchObject({
      title: 'Payment: Succeeded',
      detail: '',
    });
  });
});
