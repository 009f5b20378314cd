import type Stripe from 'stripe';
import { checkCurrency } from '../check-amount.ts';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { invalidRequest, refusedByState } from '../errors.ts';
import { save } from '../get-object.ts';
import { newId } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { clearable, flag, hash, integer, missing, oneOf, requiredText, text } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';
import {
  readCurrencyOptions,
  readCustomAmount,
  readRecurring,
  readTiers,
  readUnitAmount,
} from './read-price.ts';

/**
 * A price of a product: one amount, tiers, or what the shopper likes to pay. Throws 400 for none or
 * several of these, and for a lookup key that another active price has. Event: price.created.
 */
export function makePrice(account: Account, productId: string, params: Params): Row<'price'> {
  const recurring = readRecurring(params);
  const scheme = readScheme(params);
  const round = hash(params, 'transform_quantity');
  const price: Stripe.Price = {
    id: newId('price'),
    object: 'price',
    active: flag(params, 'active') ?? true,
    created: account.ctx.clock.seconds(),
    currency: checkCurrency(requiredText(params, 'currency')),
    livemode: false,
    lookup_key: null,
    metadata: mergeMetadata(params),
    nickname: clearable(params, 'nickname') ?? null,
    product: productId,
    recurring,
    tax_behavior: text(params, 'tax_behavior') ?? 'unspecified',
    transform_quantity:
      round === undefined
        ? null
        : {
            divide_by: integer(round, 'divide_by') ?? 1,
            round: oneOf(round, 'round', ['up', 'down']) ?? 'up',
          },
    type: recurring === null ? 'one_time' : 'recurring',
    ...scheme.price,
  };
  const hidden = { tiers: scheme.tiers, currencyOptions: readCurrencyOptions(params) ?? {} };
  takeLookupKey(account, price, params);
  const row: Row<'price'> = { object: price, hidden };
  account.ctx.store.insert(account.id, 'price', row);
  emitEvent(account, 'price.created', price);
  return row;
}

type Scheme = Pick<
  Stripe.Price,
  'billing_scheme' | 'custom_unit_amount' | 'tiers_mode' | 'unit_amount' | 'unit_amount_decimal'
>;

function readScheme(params: Params): { price: Scheme; tiers: Stripe.Price.Tier[] | null } {
  const tiers = readTiers(params);
  const tiersMode = oneOf(params, 'tiers_mode', ['graduated', 'volume']) ?? null;
  const custom = readCustomAmount(params);
  const unit = readUnitAmount(params);
  if (text(params, 'billing_scheme') === 'tiered') {
    if (tiers === null) throw missing('tiers');
    if (tiersMode === null) throw missing('tiers_mode');
    if (unit !== undefined) {
      throw invalidRequest('You cannot set `unit_amount` if `billing_scheme` is `tiered`.', {
        param: 'unit_amount',
      });
    }
  } else if ((unit === undefined) === (custom === null)) {
    throw invalidRequest(
      'You must specify exactly one of these parameters: unit_amount, unit_amount_decimal, custom_unit_amount.',
      { param: 'unit_amount' },
    );
  }
  return {
    tiers,
    price: {
      billing_scheme: tiers === null ? 'per_unit' : 'tiered',
      custom_unit_amount: custom,
      tiers_mode: tiersMode,
      unit_amount: unit?.unit_amount ?? null,
      unit_amount_decimal: unit?.unit_amount_decimal ?? null,
    },
  };
}

/** A lookup key names one active price; `transfer_lookup_key` takes it from the one that has it. */
export function takeLookupKey(account: Account, price: Stripe.Price, params: Params): void {
  const key = clearable(params, 'lookup_key');
  if (key === undefined) return;
  price.lookup_key = key;
  if (key === null) return;
  const holder = account.ctx.store.page(account.id, 'price', {
    limit: 1,
    matches: ({ object }) => object.lookup_key === key && object.id !== price.id,
  }).rows[0];
  if (holder === undefined) return;
  if (flag(params, 'transfer_lookup_key') !== true) {
    throw refusedByState(`A price (\`${holder.object.id}\`) already uses that lookup key.`, {
      param: 'lookup_key',
    });
  }
  holder.object.lookup_key = null;
  save(account, 'price', holder);
}
