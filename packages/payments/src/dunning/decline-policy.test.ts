import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideAfterDecline } from './decline-policy.ts';
import type { Declined } from './decline-policy.ts';
import { declineTable, networkAdvice, sensitiveCodes, stripeAdvice } from './decline-table.ts';

const decide = (declineCode: string | null, more: Partial<Declined> = {}) =>
  decideAfterDecline({
    code: 'card_declined',
    declineCode,
    adviceCode: null,
    networkAdviceCode: null,
    paymentMethodType: 'card',
    ...more,
  });

const another = 'another_method';
const never = 'never_with_this_method';

describe('without advice', () => {
  it.each(Object.entries(declineTable))('%s means %s', (code, kind) => {
    expect(decide(code)).toMatchObject({ kind, reason: code });
    expect(decide(null, { code })).toMatchObject({ kind, reason: code });
  });

  it('an unknown code asks the shopper, and is kept from them', () => {
    expect(decide('a_code_of_next_year')).toEqual({
      kind: another,
      reason: 'a_code_of_next_year',
      isSensitive: true,
      waitAtLeastMs: null,
    });
    expect(decide(null, { code: null })).toMatchObject({ kind: another, reason: 'unknown' });
  });

  it.each(['__proto__', 'toString', 'constructor', ''])('“%s” is no code', (name) => {
    expect(decide(name, { code: name, adviceCode: name, networkAdviceCode: name })).toEqual({
      kind: another,
      reason: name,
      isSensitive: true,
      waitAtLeastMs: null,
    });
  });

  it('an unknown decline code leaves the decision to the error’s own code', () => {
    const decision = decide('a_code_of_next_year', { code: 'authentication_required' });
    expect(decision.kind).toBe('authenticate');
  });

  it('a card that Stripe bars after too many declines rests for a day', () => {
    expect(decide(null, { code: 'card_decline_rate_limit_exceeded' })).toMatchObject({
      kind: 'later',
      waitAtLeastMs: 24 * 3_600_000,
    });
  });
});

describe('with advice', () => {
  it.each([
    ['a plain no that says “later” is tried later', 'generic_decline', 'try_again_later', 'later'],
    ['a plain no that says “never” is not tried', 'generic_decline', 'do_not_try_again', never],
    [
      'doubts of the card data need the shopper',
      'insufficient_funds',
      'confirm_card_data',
      another,
    ],
    ['a stolen card stays stolen', 'stolen_card', 'try_again_later', never],
    [
      'a wish to see the shopper is not answered by waiting',
      'authentication_required',
      'try_again_later',
      'authenticate',
    ],
    [
      'a wish to see the shopper gives no card up',
      'authentication_required',
      'do_not_try_again',
      'authenticate',
    ],
    ['advice of another year changes nothing', 'insufficient_funds', 'wait_for_spring', 'later'],
  ])('%s', (_what, code, adviceCode, kind) => {
    expect(decide(code, { adviceCode }).kind).toBe(kind);
  });

  it.each([
    ['01', another, null],
    ['02', 'later', null],
    ['03', never, null],
    ['21', never, null],
    ['24', 'later', 1],
    ['30', 'later', 240],
    ['99', another, null],
  ])('the network’s %s makes a plain no %s', (networkAdviceCode, kind, hours) => {
    const decision = decide('do_not_honor', { networkAdviceCode });
    expect(decision.kind).toBe(kind);
    expect(decision.waitAtLeastMs).toBe(hours === null ? null : hours * 3_600_000);
  });

  it.each([
    ['try_again_later', '03', never],
    ['try_again_later', '01', another],
    ['confirm_card_data', '24', another],
    ['do_not_try_again', '02', never],
  ])('of Stripe’s %s and the network’s %s the stricter is obeyed', (adviceCode, network, kind) => {
    const decision = decide('generic_decline', { adviceCode, networkAdviceCode: network });
    expect(decision).toMatchObject({ kind, waitAtLeastMs: null });
  });
});

describe('a debit', () => {
  const debit = (code: string, more: Partial<Declined> = {}) =>
    decide(code, { paymentMethodType: 'sepa_debit', ...more }).kind;

  it('is presented again for missing funds alone', () => {
    const again = Object.keys(declineTable).filter((code) => debit(code) === 'later');
    expect(again).toEqual(['insufficient_funds']);
  });

  it('without a mandate is never presented again', () => {
    expect(debit('debit_not_authorized')).toBe(never);
    expect(debit('payment_intent_mandate_invalid')).toBe(never);
  });

  it('is not presented again on advice to try, and given up on advice not to', () => {
    expect(debit('account_closed', { adviceCode: 'try_again_later' })).toBe(another);
    expect(debit('insufficient_funds', { adviceCode: 'do_not_try_again' })).toBe(never);
  });
});

it('keeps a reason for staff where either code points at loss, theft or fraud', () => {
  for (const code of sensitiveCodes) expect(decide(code).isSensitive).toBe(true);
  expect(decide('generic_decline', { code: 'fraudulent' }).isSensitive).toBe(true);
  expect(decide('insufficient_funds').isSensitive).toBe(false);
  expect(decide(null).isSensitive).toBe(false);
});

it('decides on anything, and a “never” from anyone leaves nothing to a schedule', () => {
  const oneOf = (...known: string[]) =>
    fc.option(fc.oneof(fc.string(), fc.constantFrom(...known, '__proto__', 'toString')));
  const anything = fc.record({
    code: oneOf(...Object.keys(declineTable)),
    declineCode: oneOf(...Object.keys(declineTable)),
    adviceCode: oneOf(...Object.keys(stripeAdvice)),
    networkAdviceCode: oneOf(...Object.keys(networkAdvice)),
    paymentMethodType: oneOf('card', 'sepa_debit'),
  });
  const kinds = ['authenticate', another, 'later', never];
  fc.assert(
    fc.property(anything, (declined) => {
      const { kind, waitAtLeastMs } = decideAfterDecline(declined);
      expect(kinds).toContain(kind);
      if (kind !== 'later') expect(waitAtLeastMs).toBeNull();
      const says = [declined.adviceCode, declined.networkAdviceCode];
      if (says.some((said) => ['do_not_try_again', '03', '21'].includes(said ?? ''))) {
        expect([never, 'authenticate']).toContain(kind);
      }
    }),
  );
});
