import { invalidRequest } from './errors.ts';

const ZERO_DECIMAL = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '),
);
const THREE_DECIMAL = new Set('bhd jod kwd omr tnd'.split(' '));
/** Written with two decimals that must be 00. */
const WHOLE_ONLY = new Set(['isk', 'ugx']);
const KNOWN = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

/** Smallest charge in minor units, where it is not about half a US dollar (stripe.md 17). */
const MINIMUM: { [currency: string]: number } = {
  gbp: 30,
  nok: 300,
  sek: 300,
  dkk: 250,
  pln: 200,
  ron: 200,
  myr: 200,
  aed: 200,
  hkd: 400,
  mxn: 1000,
  thb: 1000,
  czk: 1500,
  huf: 17500,
  jpy: 50,
};

/** The currency in lower case; 400 for one that does not exist. */
export function checkCurrency(currency: string): string {
  const lower = currency.toLowerCase();
  if (KNOWN.has(lower)) return lower;
  throw invalidRequest(
    `Invalid currency: ${lower.slice(0, 20)}. See https://stripe.com/docs/currencies for the supported currencies.`,
    { param: 'currency' },
  );
}

/** Refuses amounts that Stripe would: too small, too large, or not a multiple of the currency's step. */
export function checkAmount(amount: number, currency: string): void {
  if (amount < 1) {
    throw invalidRequest('Invalid positive integer', {
      code: 'parameter_invalid_integer',
      param: 'amount',
    });
  }
  if (amount > 99_999_999) {
    throw invalidRequest('Amount must be no more than 99999999 in minor units.', {
      code: 'amount_too_large',
      param: 'amount',
    });
  }
  const step = WHOLE_ONLY.has(currency) ? 100 : THREE_DECIMAL.has(currency) ? 10 : 1;
  if (amount % step !== 0) {
    throw invalidRequest(`Invalid amount: ${currency} amounts are multiples of ${String(step)}.`, {
      param: 'amount',
    });
  }
  const minimum = MINIMUM[currency] ?? (ZERO_DECIMAL.has(currency) ? 1 : 50);
  if (amount < minimum) {
    throw invalidRequest(
      `Amount must be at least ${String(minimum)} in minor units of ${currency}.`,
      { code: 'amount_too_small', param: 'amount' },
    );
  }
}
