import type Stripe from 'stripe';
import { maskDigits } from '../mask-params.ts';
import { clearable, hash, has } from '../params.ts';
import type { Params } from '../params.ts';

/** The address below `name`, all fields present; undefined when absent, null when cleared. */
export function readAddress(params: Params, name: string): Stripe.Address | null | undefined {
  if (!has(params, name)) return undefined;
  const given = hash(params, name);
  if (given === undefined) return null;
  return {
    city: clearable(given, 'city') ?? null,
    country: clearable(given, 'country') ?? null,
    line1: clearable(given, 'line1') ?? null,
    line2: clearable(given, 'line2') ?? null,
    postal_code: clearable(given, 'postal_code') ?? null,
    state: clearable(given, 'state') ?? null,
  };
}

/** A shipping hash: name, phone, carrier, tracking number and address. */
export function readShipping(params: Params): Stripe.Customer.Shipping | null | undefined {
  if (!has(params, 'shipping')) return undefined;
  const given = hash(params, 'shipping');
  if (given === undefined) return null;
  const address = readAddress(given, 'address');
  const name = clearable(given, 'name');
  return {
    ...(address === undefined || address === null ? {} : { address }),
    carrier: clearable(given, 'carrier') ?? null,
    ...(name === undefined || name === null ? {} : { name }),
    phone: clearable(given, 'phone') ?? null,
    tracking_number: clearable(given, 'tracking_number') ?? null,
  };
}

/** Billing details of a payment method, merged over what it had. */
export function readBillingDetails(
  params: Params,
  current?: Stripe.PaymentMethod.BillingDetails,
): Stripe.PaymentMethod.BillingDetails {
  const given = hash(params, 'billing_details');
  const pick = (name: 'email' | 'name' | 'phone' | 'tax_id'): string | null => {
    const value = given === undefined ? undefined : clearable(given, name);
    return value === undefined ? (current?.[name] ?? null) : value;
  };
  const address = given === undefined ? undefined : readAddress(given, 'address');
  return {
    address: address === undefined ? (current?.address ?? emptyAddress()) : address,
    email: pick('email'),
    name: maskedName(pick('name')),
    phone: pick('phone'),
    tax_id: pick('tax_id'),
  };
}

/** Now and then somebody types the card's number where its owner's name belongs: that is not kept. */
function maskedName(name: string | null): string | null {
  return name === null ? null : maskDigits(name);
}

function emptyAddress(): Stripe.Address {
  return { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
}
