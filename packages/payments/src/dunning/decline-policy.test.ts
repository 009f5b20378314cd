import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideAfterDecline, declineTable, networkAdvice, stripeAdvice } from './decline-policy.ts';
import type { DeclineKind } from './decline-policy.ts';

const decide = (declineCode: string | null, more: Partial<Record<string, string>> = {}) =>
  decideAfterDecline({
    code: 'card_declined',
    declineCode,
    adviceCode: null,
    networkAdviceCode: null,
    paymentMethodType: 'card',
    ...more,
  });

/** Stripe's table of decline codes (declines/codes), with the debits' failures, as facts: by group. */
const documented: Record<DeclineKind, string> = {
  authenticate: 'authentication_required authentication_not_handled',
  later:
    'insufficient_funds issuer_not_available processing_error reenter_transaction approve_with_id try_again_later',
  another_method:
    'expired_card pin_try_exceeded incorrect_number invalid_number invalid_account incorrect_cvc invalid_cvc incorrect_zip incorrect_address invalid_expiry_month invalid_expiry_year do_not_honor generic_decline call_issuer no_action_taken not_permitted service_not_allowed security_violation transaction_not_allowed card_not_supported currency_not_supported card_velocity_exceeded withdrawal_count_limit_exceeded invalid_amount new_account_information_available duplicate_transaction testmode_decline account_closed no_account invalid_currency',
  never_with_this_method:
    'lost_card stolen_card fraudulent merchant_blacklist pickup_card restricted_card revocation_of_authorization revocation_of_all_authorizations stop_payment_order do_not_try_again debit_not_authorized',
};

describe.each(Object.entries(documented))('a code of the group %s', (kind, codes) => {
  it.each(codes.split(' '))('%s', (code) => {
    expect(Object.hasOwn(declineTable, code)).toBe(true);
    expect(decide(code).kind).toBe(kind);
  });
});

/** The longest union of string literals that the SDK declares under a name in a file. */
function declared(file: string, name: string): string[] {
  const sdk = dirname(createRequire(import.meta.url).resolve('stripe'));
  const text = readFileSync(join(sdk, '..', 'esm', 'resources', file), 'utf8');
  const unions = [...text.matchAll(new RegExp(`type ${name} = ([^;]+);`, 'g'))].map(([, union]) =>
    [...(union ?? '').matchAll(/'([a-z_0-9]+)'/g)].map(([, literal]) => literal ?? ''),
  );
  const [longest] = unions.sort((a, b) => b.length - a.length);
  if (!longest || longest.length === 0) throw new Error(`${file} declares no ${name}`);
  return longest;
}

it('knows every advice that the SDK declares', () => {
  const advice = declared('Charges.d.ts', 'AdviceCode');
  expect(Object.keys(stripeAdvice).sort()).toEqual(advice.sort());
});

it('decides on every error code that the SDK declares for a payment', () => {
  const codes = declared('PaymentIntents.d.ts', 'Code');
  expect(codes.length).toBeGreaterThan(150);
  for (const code of codes) {
    expect(decide(null, { code }).kind).toBe(declineTable[code] ?? 'another_method');
  }
  // Of those, the ones that speak of a card or an account are in the table by name.
  const unlisted = codes.filter(
    (code) => /card|funds|cvc|expiry|debit/.test(code) && !Object.hasOwn(declineTable, code),
  );
  expect(unlisted).toEqual([
    'acss_debit_session_incomplete',
    'cardholder_phone_number_required',
    'token_card_network_invalid',
  ]);
});

it('asks the shopper where it does not know the code', () => {
  expect(decide('a_code_of_next_year')).toEqual({
    kind: 'another_method',
    reason: 'a_code_of_next_year',
    isSensitive: false,
    waitAtLeastMs: null,
  });
  expect(decide(null, { code: undefined as never }).reason).toBe('unknown');
});

it.each([
  ['a plain no that says “later” is tried later', 'generic_decline', 'try_again_later', 'later'],
  [
    'a plain no that says “never” is not tried',
    'generic_decline',
    'do_not_try_again',
    'never_with_this_method',
  ],
  [
    'an empty account whose card data is doubted needs the shopper',
    'insufficient_funds',
    'confirm_card_data',
    'another_method',
  ],
  ['a stolen card stays stolen', 'stolen_card', 'try_again_later', 'never_with_this_method'],
  [
    'a wish to see the shopper is not answered by waiting',
    'authentication_required',
    'try_again_later',
    'authenticate',
  ],
])('%s', (_what, code, adviceCode, kind) => {
  expect(decide(code, { adviceCode }).kind).toBe(kind);
});

it.each([
  ['03', 'never_with_this_method', null],
  ['21', 'never_with_this_method', null],
  ['02', 'later', null],
  ['24', 'later', 1],
  ['25', 'later', 24],
  ['30', 'later', 240],
])('the network’s advice %s goes before the table', (networkAdviceCode, kind, hours) => {
  const decision = decide('do_not_honor', { networkAdviceCode });
  expect(decision.kind).toBe(kind);
  expect(decision.waitAtLeastMs).toBe(hours === null ? null : hours * 3_600_000);
});

it('a debit is presented again for missing funds alone', () => {
  const debit = (code: string) => decide(code, { paymentMethodType: 'sepa_debit' }).kind;
  expect(debit('insufficient_funds')).toBe('later');
  expect(debit('processing_error')).toBe('another_method');
  expect(debit('debit_not_authorized')).toBe('never_with_this_method');
});

it('keeps what points at loss, theft or fraud from shoppers', () => {
  for (const code of [
    'lost_card',
    'stolen_card',
    'fraudulent',
    'pickup_card',
    'merchant_blacklist',
  ]) {
    expect(decide(code).isSensitive).toBe(true);
  }
  expect(decide('insufficient_funds').isSensitive).toBe(false);
});

it('decides on anything, and never softens a “never”', () => {
  const code = fc.option(
    fc.oneof(fc.string(), fc.constantFrom(...Object.keys(declineTable), '__proto__', 'toString')),
  );
  const advised = fc.option(fc.oneof(fc.string(), fc.constantFrom(...Object.keys(stripeAdvice))));
  const network = fc.option(fc.oneof(fc.string(), fc.constantFrom(...Object.keys(networkAdvice))));
  fc.assert(
    fc.property(code, advised, network, (declineCode, adviceCode, networkAdviceCode) => {
      const given = { adviceCode, networkAdviceCode, code: null, paymentMethodType: 'card' };
      const { kind } = decideAfterDecline({ ...given, declineCode });
      expect(['authenticate', 'another_method', 'later', 'never_with_this_method']).toContain(kind);
      const saysNever =
        adviceCode === 'do_not_try_again' || ['03', '21'].includes(networkAdviceCode ?? '');
      if (saysNever) expect(kind).toBe('never_with_this_method');
    }),
  );
});
