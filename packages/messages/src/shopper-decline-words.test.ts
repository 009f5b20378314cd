import { describe, expect, it } from 'vitest';
import { sayDeclined, whyDeclined } from './shopper-decline-words.ts';

const by = (declineCode: string | null, code = 'card_declined') => ({ code, declineCode });
const neutral = 'Your bank declined the payment.';

describe('a decline, as its shopper reads it', () => {
  it.each([
    ['insufficient_funds', 'not enough money'],
    ['expired_card', 'has expired'],
    ['incorrect_cvc', 'card details'],
    ['authentication_required', 'confirm that it is you'],
    ['issuer_not_available', 'could not answer'],
    ['withdrawal_count_limit_exceeded', 'above a limit'],
    ['stop_payment_order', 'no longer allow'],
    ['account_closed', 'did not accept the debit'],
    ['debit_not_authorized', 'permission to debit'],
  ])('says in plain words what %s means', (code, words) => {
    expect(whyDeclined(by(code))).toContain(words);
    expect(sayDeclined(by(code)).startsWith(`${whyDeclined(by(code))} `)).toBe(true);
  });

  it.each(['lost_card', 'stolen_card', 'fraudulent', 'merchant_blacklist', 'security_violation'])(
    'does not tell %s from any other no',
    (code) => {
      expect(sayDeclined(by(code))).toBe(sayDeclined(by('generic_decline')));
      expect(whyDeclined(by(code))).toBe(neutral);
    },
  );

  it.each([['a_code_of_next_year'], ['__proto__'], [null]])('has a sentence for %s', (code) => {
    expect(whyDeclined(by(code))).toBe(neutral);
  });

  it('reads the error’s own code where the bank gave none', () => {
    expect(whyDeclined(by(null, 'expired_card'))).toBe(whyDeclined(by('expired_card')));
  });
});
