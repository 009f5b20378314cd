import type Stripe from 'stripe';
import { checkCurrency } from '../check-amount.ts';
import { invalidRequest } from '../errors.ts';
import { clearable, flag, has, hash, hashes, integer, oneOf, paramName, text } from '../params.ts';
import type { Params } from '../params.ts';

const LARGEST_AMOUNT = 99_999_999;

/** What a price asks for one unit: `unit_amount` in minor units, `unit_amount_decimal` to 12 places. */
type UnitAmount = Pick<Stripe.Price, 'unit_amount' | 'unit_amount_decimal'>;

/** On the wire a decimal is a string; only the SDK turns it into an object. */
function asDecimal(text: string): Stripe.Decimal {
  return text as unknown as Stripe.Decimal;
}

/** `unit_amount` or `unit_amount_decimal`, whichever was sent; undefined when neither was. */
export function readUnitAmount(params: Params, name = 'unit_amount'): UnitAmount | undefined {
  const decimalName = `${name}_decimal`;
  if (has(params, name) && has(params, decimalName)) {
    throw invalidRequest(`You may only specify one of these parameters: ${name}, ${decimalName}.`, {
      code: 'parameters_exclusive',
      param: paramName(params, name),
    });
  }
  const amount = integer(params, name);
  if (amount !== undefined) {
    checkRange(amount, paramName(params, name));
    return { unit_amount: amount, unit_amount_decimal: asDecimal(String(amount)) };
  }
  const decimal = readDecimal(params, decimalName);
  if (decimal === undefined) return undefined;
  const value = Number(decimal);
  return {
    unit_amount: Number.isInteger(value) ? value : null,
    unit_amount_decimal: asDecimal(decimal),
  };
}

function readDecimal(params: Params, name: string): string | undefined {
  const raw = params.values[name];
  const value = typeof raw === 'number' ? String(raw) : text(params, name);
  if (value === undefined) return undefined;
  if (!/^\d{1,12}(\.\d{1,12})?$/.test(value)) {
    throw invalidRequest(`Invalid decimal: ${value.slice(0, 40)}; at most 12 decimal places`, {
      param: paramName(params, name),
    });
  }
  checkRange(Number(value), paramName(params, name));
  return value.includes('.') ? value.replace(/\.?0+$/, '') : value;
}

function checkRange(amount: number, param: string): void {
  if (amount < 0) throw invalidRequest('Invalid non-negative integer', { param });
  if (amount <= LARGEST_AMOUNT) return;
  throw invalidRequest(`Amount must be no more than ${String(LARGEST_AMOUNT)} in minor units.`, {
    code: 'amount_too_large',
    param,
  });
}

/** Pay what you want: the bounds and the suggestion. */
export function readCustomAmount(params: Params): Stripe.Price.CustomUnitAmount | null {
  const given = hash(params, 'custom_unit_amount');
  if (given === undefined || flag(given, 'enabled') !== true) return null;
  return {
    maximum: integer(given, 'maximum') ?? null,
    minimum: integer(given, 'minimum') ?? null,
    preset: integer(given, 'preset') ?? null,
  };
}

/** `recurring`: an interval of at most three years. */
export function readRecurring(params: Params): Stripe.Price.Recurring | null {
  const given = hash(params, 'recurring');
  if (given === undefined) return null;
  const interval = oneOf(given, 'interval', ['day', 'week', 'month', 'year']) ?? 'month';
  const count = integer(given, 'interval_count') ?? 1;
  const most = { day: 1095, week: 156, month: 36, year: 3 }[interval];
  if (count < 1 || count > most) {
    throw invalidRequest('The maximum recurring interval is three years.', {
      param: paramName(given, 'interval_count'),
    });
  }
  return {
    interval,
    interval_count: count,
    meter: clearable(given, 'meter') ?? null,
    trial_period_days: integer(given, 'trial_period_days') ?? null,
    usage_type: oneOf(given, 'usage_type', ['licensed', 'metered']) ?? 'licensed',
  };
}

/** `tiers`, in rising order, the last one without an end. */
export function readTiers(params: Params): Stripe.Price.Tier[] | null {
  const given = hashes(params, 'tiers');
  if (given === undefined) return null;
  const tiers = given.map((tier) => {
    const unit = readUnitAmount(tier);
    const flat = readUnitAmount(tier, 'flat_amount');
    return {
      flat_amount: flat?.unit_amount ?? null,
      flat_amount_decimal: flat?.unit_amount_decimal ?? null,
      unit_amount: unit?.unit_amount ?? null,
      unit_amount_decimal: unit?.unit_amount_decimal ?? null,
      up_to: tier.values.up_to === 'inf' ? null : (integer(tier, 'up_to') ?? null),
    };
  });
  const ends = tiers.map(({ up_to: end }) => end ?? Number.POSITIVE_INFINITY);
  const rising = ends.every((end, index) => index === 0 || end > (ends[index - 1] ?? 0));
  if (!rising || ends.at(-1) !== Number.POSITIVE_INFINITY) {
    throw invalidRequest('Tiers must be in rising order and end with `up_to` as `inf`.', {
      param: paramName(params, 'tiers'),
    });
  }
  return tiers;
}

/** `currency_options` by currency; undefined when absent. */
export function readCurrencyOptions(
  params: Params,
): { [currency: string]: Stripe.Price.CurrencyOptions } | undefined {
  if (!has(params, 'currency_options')) return undefined;
  const given = hash(params, 'currency_options');
  if (given === undefined) return {};
  return Object.fromEntries(
    Object.keys(given.values).map((name) => {
      const option = hash(given, name) ?? { values: {}, at: paramName(given, name) };
      const unit = readUnitAmount(option);
      const tiers = readTiers(option);
      return [
        checkCurrency(name),
        {
          custom_unit_amount: readCustomAmount(option),
          tax_behavior: text(option, 'tax_behavior') ?? 'unspecified',
          ...(tiers === null ? {} : { tiers }),
          unit_amount: unit?.unit_amount ?? null,
          unit_amount_decimal: unit?.unit_amount_decimal ?? null,
        },
      ];
    }),
  );
}
