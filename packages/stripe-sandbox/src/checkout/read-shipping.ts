import type Stripe from 'stripe';
import { checkCurrency } from '../check-amount.ts';
import { invalidRequest, resourceMissing } from '../errors.ts';
import { newId } from '../ids.ts';
import { hash, hashes, integer, missing, requiredText, text, texts } from '../params.ts';
import type { Params } from '../params.ts';

export type Shipping = {
  options: Stripe.Checkout.Session.ShippingOption[];
  /** The cost of the first option, which the page chooses unless the shopper does. */
  cost: Stripe.Checkout.Session.ShippingCost | null;
};

/** `shipping_options`: at most five, by `shipping_rate_data`, in the currency of the items. */
export function readShippingOptions(params: Params, currency: string): Shipping {
  const given = hashes(params, 'shipping_options') ?? [];
  if (given.length > 5) {
    throw invalidRequest('You may pass at most 5 shipping options.', {
      param: 'shipping_options',
    });
  }
  const options = given.map((option) => readOption(option, currency));
  const [first] = options;
  return {
    options,
    cost:
      first === undefined
        ? null
        : {
            amount_subtotal: first.shipping_amount,
            amount_tax: 0,
            amount_total: first.shipping_amount,
            shipping_rate: first.shipping_rate,
          },
  };
}

function readOption(option: Params, currency: string): Stripe.Checkout.Session.ShippingOption {
  const rate = text(option, 'shipping_rate');
  if (rate !== undefined) {
    throw resourceMissing('shipping rate', rate, `${option.at}[shipping_rate]`, 'body');
  }
  const data = hash(option, 'shipping_rate_data');
  if (data === undefined) throw missing(`${option.at}[shipping_rate_data]`);
  requiredText(data, 'display_name');
  const fixed = hash(data, 'fixed_amount');
  if (fixed === undefined) throw missing(`${data.at}[fixed_amount]`);
  const amount = integer(fixed, 'amount') ?? 0;
  if (amount < 0) {
    throw invalidRequest('Invalid non-negative integer', { param: `${fixed.at}[amount]` });
  }
  if (checkCurrency(requiredText(fixed, 'currency')) !== currency) {
    throw invalidRequest('Shipping must have the currency of the line items.', {
      param: `${fixed.at}[currency]`,
    });
  }
  return { shipping_amount: amount, shipping_rate: newId('shr') };
}

/** The countries that goods are sent to. */
export function readShippingAddressCollection(
  params: Params,
): Stripe.Checkout.Session.ShippingAddressCollection | null {
  const given = hash(params, 'shipping_address_collection');
  if (given === undefined) return null;
  return { allowed_countries: texts(given, 'allowed_countries') ?? [] };
}
