import type Stripe from 'stripe';
import { invalidRequest, resourceMissing } from '../errors.ts';
import { flag, has, hash, hashes, oneOf, text } from '../params.ts';
import type { Params } from '../params.ts';
import type { UiMode } from './read-urls.ts';
import type { Mode } from './validate-session.ts';

type Session = Stripe.Checkout.Session;
type Collected = Pick<
  Session,
  'name_collection' | 'phone_number_collection' | 'tax_id_collection' | 'permissions'
>;

/** What else the page asks the shopper for, and who may change it. Kept and shown, not asked for here. */
export function readCollections(params: Params, mode: Mode, uiMode: UiMode): Collected {
  const phone = hash(params, 'phone_number_collection');
  const taxId = hash(params, 'tax_id_collection');
  const names = readNames(params);
  return {
    ...(names === undefined ? {} : { name_collection: names }),
    ...(mode === 'setup'
      ? {}
      : {
          phone_number_collection: {
            enabled: phone === undefined ? false : (flag(phone, 'enabled') ?? false),
          },
        }),
    ...(taxId === undefined
      ? {}
      : {
          tax_id_collection: {
            enabled: flag(taxId, 'enabled') ?? false,
            required: oneOf(taxId, 'required', ['if_supported', 'never']) ?? 'never',
          },
        }),
    permissions: readPermissions(params, uiMode),
  };
}

function readNames(params: Params): Session['name_collection'] {
  const given = hash(params, 'name_collection');
  if (given === undefined) return undefined;
  const read = (name: 'business' | 'individual') => {
    const one = hash(given, name);
    if (one === undefined) return undefined;
    return { enabled: flag(one, 'enabled') ?? false, optional: flag(one, 'optional') ?? false };
  };
  const business = read('business');
  const individual = read('individual');
  return {
    ...(business === undefined ? {} : { business }),
    ...(individual === undefined ? {} : { individual }),
  };
}

function readPermissions(params: Params, uiMode: UiMode): Session['permissions'] {
  const given = hash(params, 'permissions');
  if (given === undefined) return null;
  const who = oneOf(given, 'update_shipping_details', ['client_only', 'server_only']) ?? null;
  if (who !== null && uiMode !== 'elements') {
    throw invalidRequest(
      '`permissions[update_shipping_details]` is only supported when `ui_mode` is `elements`.',
      { param: 'permissions[update_shipping_details]' },
    );
  }
  return { update_shipping_details: who };
}

/** `after_expiration[recovery]`: a link that opens the session anew when it has expired. */
export function readAfterExpiration(params: Params): Session['after_expiration'] {
  const given = hash(params, 'after_expiration');
  const recovery = given === undefined ? undefined : hash(given, 'recovery');
  if (given === undefined) return null;
  if (recovery === undefined) return { recovery: null };
  return {
    recovery: {
      allow_promotion_codes: flag(recovery, 'allow_promotion_codes') ?? false,
      enabled: flag(recovery, 'enabled') ?? false,
      expires_at: null,
      url: null,
    },
  };
}

/** Which fields of the Customer the session may fill in; none unless it says so. */
export function readCustomerUpdate(params: Params): { address: boolean; name: boolean } {
  const given = hash(params, 'customer_update');
  const auto = (name: 'address' | 'name' | 'shipping'): boolean =>
    given !== undefined && oneOf(given, name, ['auto', 'never']) === 'auto';
  if (auto('shipping') && !has(params, 'shipping_address_collection')) {
    throw invalidRequest(
      '`customer_update[shipping]` can only be `auto` with `shipping_address_collection`.',
      { param: 'customer_update[shipping]' },
    );
  }
  return { address: auto('address'), name: auto('name') };
}

/** The sandbox has neither coupons nor promotion codes: whichever is named is missing. */
export function refuseDiscounts(params: Params): void {
  for (const discount of hashes(params, 'discounts') ?? []) {
    for (const [name, noun] of [
      ['coupon', 'coupon'],
      ['promotion_code', 'promotion code'],
    ] as const) {
      const id = text(discount, name);
      if (id !== undefined) throw resourceMissing(noun, id, `${discount.at}[${name}]`, 'body');
    }
  }
}
