import { intlLocale } from '@onfile/messages/current-locale.ts';
import { Refusal } from './refusal.ts';

/**
 * Stripe's currencies, by how an amount is written in minor units (Stripe's documentation,
 * "Supported currencies": zero-decimal, three-decimal and special cases). Never from Intl: it
 * gives no decimals to HUF, COP or IDR, which Stripe charges with two.
 */
const zeroDecimal = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf';
const threeDecimal = 'bhd jod kwd omr tnd';
/** Written with two decimals that must be 00. */
const twoDecimalWhole = 'isk ugx';
const twoDecimal =
  'aed afn all amd ang aoa ars aud awg azn bam bbd bdt bmd bnd bob brl bsd bwp byn bzd cad cdf chf ' +
  'cny cop crc cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd hnl htg huf idr ' +
  'ils inr jmd kes kgs khr kyd kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr ' +
  'mzn nad ngn nio nok npr nzd pab pen pgk php pkr pln qar ron rsd rub sar sbd scr sek sgd shp sle ' +
  'sos srd std szl thb tjs top try ttd twd tzs uah usd uyu uzs wst xcd yer zar zmw';

/** Smallest charges in minor units (same page); currencies not listed: one step. */
const minimumMinor: Record<string, number> = {
  usd: 50,
  eur: 50,
  cad: 50,
  aud: 50,
  nzd: 50,
  chf: 50,
  sgd: 50,
  brl: 50,
  inr: 50,
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
  huf: 17_500,
  jpy: 50,
};

/** Stripe takes up to eight digits. */
const maximumMinor = 99_999_999;

export interface Currency {
  code: string;
  /** Digits after the decimal point in an amount. */
  exponent: 0 | 2 | 3;
  /** An amount in minor units must be a multiple of this. */
  stepMinor: number;
  minimumMinor: number;
}

function describe(codes: string, exponent: Currency['exponent'], stepMinor: number): Currency[] {
  return codes.split(' ').map((code) => ({
    code,
    exponent,
    stepMinor,
    minimumMinor: minimumMinor[code] ?? stepMinor,
  }));
}

const currencies = new Map(
  [
    ...describe(zeroDecimal, 0, 1),
    ...describe(threeDecimal, 3, 10),
    ...describe(twoDecimalWhole, 2, 100),
    ...describe(twoDecimal, 2, 1),
  ].map((currency) => [currency.code, currency]),
);

/** The codes of every currency that can be charged, lower case, sorted. */
export function currencyCodes(): string[] {
  return [...currencies.keys()].sort();
}

/** @throws Refusal `currency_unknown` at `currency` */
export function getCurrency(code: string): Currency {
  const currency = currencies.get(code.toLowerCase());
  if (!currency) throw new Refusal('currency_unknown', 'currency');
  return currency;
}

/** The number in major units as text with exactly the currency's digits: 1099 usd is `10.99`. */
function majorText(amountMinor: number, exponent: number): string {
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = exponent > 0 ? `.${digits.slice(-exponent)}` : '';
  return `${amountMinor < 0 ? '-' : ''}${whole}${fraction}`;
}

/** An amount as a person would type it, for {@link parseAmount}: 1099 usd is `10.99`. */
export function majorAmount(amountMinor: number, code: string): string {
  return majorText(amountMinor, getCurrency(code).exponent);
}

/** An amount for people: `$10.99`, `¥1,099`; in a mail as its reader writes amounts. */
export function formatAmount(
  amountMinor: number,
  code: string,
  locale: string = intlLocale().amounts,
): string {
  const { exponent } = getCurrency(code);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: code.toUpperCase(),
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  }).format(majorText(amountMinor, exponent) as Intl.StringNumericLiteral);
}

/**
 * Reads an amount as a person typed it (`10.99`, `1099` for JPY) into minor units, without ever
 * going through a float.
 * @param maxMajor the shop's own limit in the major unit
 * @throws Refusal at `amount` or `currency`, with the limit that was broken in its params
 */
export function parseAmount(text: string, code: string, maxMajor: number): number {
  const currency = getCurrency(code);
  const amountMinor = readDigits(text, currency);
  checkAmount(amountMinor, currency, maxMajor);
  return amountMinor;
}

/**
 * Reads an amount to give back. What may be charged has a smallest amount, what is given back has
 * none but the currency's step; its limit is what was paid.
 * @throws Refusal at `amount`
 */
export function parseRefundAmount(text: string, code: string): number {
  const currency = getCurrency(code);
  const amountMinor = readDigits(text, currency);
  if (amountMinor === 0) throw new Refusal('amount_malformed', 'amount');
  checkStep(amountMinor, currency);
  return amountMinor;
}

/** An amount as typed in minor units, within the currency's digits and no other limit. */
function readDigits(text: string, currency: Currency): number {
  const match = /^(\d{1,10})(?:\.(\d{1,10}))?$/.exec(text.trim());
  if (!match) throw new Refusal('amount_malformed', 'amount');
  const fraction = match[2] ?? '';
  if (fraction.length > currency.exponent) {
    throw new Refusal('amount_too_precise', 'amount', {
      currency: currency.code.toUpperCase(),
      digits: String(currency.exponent),
    });
  }
  return Number(`${match[1]}${fraction.padEnd(currency.exponent, '0')}`);
}

function checkAmount(amountMinor: number, currency: Currency, maxMajor: number): void {
  const show = (minor: number): string => formatAmount(minor, currency.code);
  if (amountMinor < currency.minimumMinor) {
    throw new Refusal('amount_too_small', 'amount', { minimum: show(currency.minimumMinor) });
  }
  const maximum = Math.min(Math.round(maxMajor * 10 ** currency.exponent), maximumMinor);
  if (amountMinor > maximum) {
    throw new Refusal('amount_too_large', 'amount', { maximum: show(maximum) });
  }
  checkStep(amountMinor, currency);
}

function checkStep(amountMinor: number, { code, stepMinor }: Currency): void {
  if (amountMinor % stepMinor === 0) return;
  throw new Refusal('amount_not_a_step', 'amount', { step: formatAmount(stepMinor, code) });
}
