import type { DebitType } from './bank-accounts.ts';

/** Methods that send the shopper to another site, which says yes or no. */
export type RedirectType = 'ideal' | 'bancontact' | 'eps' | 'p24' | 'alipay';

const DEBITS: { [type in DebitType]: readonly string[] } = {
  sepa_debit: ['eur'],
  au_becs_debit: ['aud'],
  us_bank_account: ['usd'],
};
const REDIRECTS: { [type in RedirectType]: readonly string[] } = {
  ideal: ['eur'],
  bancontact: ['eur'],
  eps: ['eur'],
  p24: ['eur', 'pln'],
  alipay: ['aud', 'cad', 'cny', 'eur', 'gbp', 'hkd', 'jpy', 'nzd', 'sgd', 'usd'],
};

/** Every type of method that the sandbox can pay with, beside cards. */
const CURRENCIES = new Map<string, readonly string[]>(Object.entries({ ...DEBITS, ...REDIRECTS }));

export function isDebitType(type: string): type is DebitType {
  return Object.hasOwn(DEBITS, type);
}

export function isRedirectType(type: string): type is RedirectType {
  return Object.hasOwn(REDIRECTS, type);
}

/** Two of the redirects leave a bank account behind; the others cannot be kept. */
export function canBeSetUp(type: string): boolean {
  return !isRedirectType(type) || type === 'ideal' || type === 'bancontact';
}

/** Whether a type of method can collect a currency. */
export function takesCurrency(type: string, currency: string): boolean {
  return type === 'card' || (CURRENCIES.get(type)?.includes(currency) ?? false);
}

/**
 * The types an intent offers by itself, in Stripe's order: what its currency allows (a setup has none),
 * what the request allows, without redirects where there is nowhere to return to, cards alone for holds.
 */
export function eligibleTypes(given: {
  currency: string | null;
  redirects: boolean;
  manualCapture: boolean;
  allowed: readonly string[] | null;
  excluded: readonly string[] | null;
}): string[] {
  const { currency } = given;
  const types = ['card', ...CURRENCIES.keys()].filter(
    (type) =>
      (currency === null ? canBeSetUp(type) : takesCurrency(type, currency)) &&
      (given.redirects || !isRedirectType(type)) &&
      (!given.manualCapture || type === 'card'),
  );
  return types.filter(
    (type) =>
      (given.allowed === null || given.allowed.includes(type)) &&
      given.excluded?.includes(type) !== true,
  );
}
