import { describe, expect, it } from 'vitest';
import { declineWords } from './decline-words.ts';

/** docs.stripe.com/declines/codes, and the failure codes of debits. */
const stripeCodes = `
  authentication_required authentication_not_handled insufficient_funds issuer_not_available
  processing_error reenter_transaction approve_with_id try_again_later expired_card
  pin_try_exceeded incorrect_number invalid_number invalid_account incorrect_cvc invalid_cvc
  incorrect_zip incorrect_address invalid_expiry_month invalid_expiry_year lost_card stolen_card
  fraudulent merchant_blacklist pickup_card restricted_card do_not_honor generic_decline
  call_issuer no_action_taken not_permitted service_not_allowed security_violation
  transaction_not_allowed card_not_supported currency_not_supported card_velocity_exceeded
  withdrawal_count_limit_exceeded invalid_amount new_account_information_available
  revocation_of_authorization revocation_of_all_authorizations stop_payment_order
  do_not_try_again duplicate_transaction testmode_decline account_closed no_account
  debit_not_authorized invalid_currency bank_account_restricted`
  .trim()
  .split(/\s+/);

const words = (declineCode: string | null, adviceCode: string | null = null) =>
  declineWords({ errorCode: 'card_declined', declineCode, adviceCode });

describe('declines in words', () => {
  it.each(stripeCodes)('says what %s means, in its own words', (code) => {
    const { meaning, next } = words(code);
    expect(meaning).not.toContain('does not know');
    expect(next).not.toBe('');
    const sameWords = stripeCodes.filter((other) => words(other).meaning === meaning);
    expect(sameWords).toEqual([code]);
  });

  it('names a code that Stripe adds later and gives the advice that is safe for all', () => {
    expect(words('moon_in_seventh_house').meaning).toContain('moon_in_seventh_house');
    expect(words('moon_in_seventh_house').next).toBe(words('do_not_honor').next);
  });

  it('reads the error code where no decline code came', () => {
    const answer = { errorCode: 'expired_card', declineCode: null, adviceCode: null };
    expect(declineWords(answer)).toEqual(words('expired_card'));
    expect(declineWords({ ...answer, errorCode: null }).meaning).toContain('no code');
  });

  it("puts Stripe's advice before the table's", () => {
    expect(words('generic_decline', 'try_again_later').next).toContain('try again later');
    expect(words('generic_decline', 'do_not_try_again').next).toContain('do not try');
    expect(words('generic_decline', 'some_later_advice').next).toBe(words('generic_decline').next);
  });

  it('tells staff not to pass the reason on when a card is lost, stolen or suspect', () => {
    for (const code of ['lost_card', 'stolen_card', 'fraudulent']) {
      expect(words(code).next).toContain('do not tell the shopper');
    }
  });
});
