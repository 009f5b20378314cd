import type Stripe from 'stripe';
import { checkCurrency } from '../../check-amount.ts';
import type { Account } from '../../context.ts';
import { emitEvent } from '../../emit-event.ts';
import { pathId } from '../../endpoint.ts';
import type { Endpoint } from '../../endpoint.ts';
import { invalidRequest, refusedByState, resourceMissing } from '../../errors.ts';
import { getByPath, isTaken, save } from '../../get-object.ts';
import { randomText } from '../../ids.ts';
import { mergeMetadata } from '../../metadata.ts';
import { clearable, integer, missing, oneOf, text } from '../../params.ts';
import type { Params } from '../../params.ts';

const COUPON_PARAMS = [
  'amount_off',
  'currency',
  'duration',
  'duration_in_months',
  'id',
  'max_redemptions',
  'metadata',
  'name',
  'percent_off',
  'redeem_by',
] as const;

/** A coupon is kept and given to customers; nothing in the sandbox becomes cheaper by it. */
function createCoupon(account: Account, params: Params): Stripe.Coupon {
  const id = text(params, 'id') ?? randomText(8);
  if (isTaken(account, id)) {
    throw refusedByState('Coupon already exists.', {
      code: 'resource_already_exists',
      param: 'id',
    });
  }
  const percentOff = params.values.percent_off === undefined ? null : readPercent(params);
  const amountOff = integer(params, 'amount_off') ?? null;
  if ((percentOff === null) === (amountOff === null)) {
    throw invalidRequest('You must specify either `percent_off` or `amount_off`, and not both.', {
      param: 'percent_off',
    });
  }
  const currency = text(params, 'currency');
  if (amountOff !== null && currency === undefined) throw missing('currency');
  const coupon: Stripe.Coupon = {
    id,
    object: 'coupon',
    amount_off: amountOff,
    created: account.ctx.clock.seconds(),
    currency: currency === undefined ? null : checkCurrency(currency),
    duration: oneOf(params, 'duration', ['forever', 'once', 'repeating']) ?? 'once',
    duration_in_months: integer(params, 'duration_in_months') ?? null,
    livemode: false,
    max_redemptions: integer(params, 'max_redemptions') ?? null,
    metadata: mergeMetadata(params),
    name: clearable(params, 'name') ?? null,
    percent_off: percentOff,
    redeem_by: integer(params, 'redeem_by') ?? null,
    times_redeemed: 0,
    valid: true,
  };
  account.ctx.store.insert(account.id, 'coupon', { object: coupon, hidden: { deleted: false } });
  emitEvent(account, 'coupon.created', coupon);
  return coupon;
}

function readPercent(params: Params): number {
  const percent = Number(text(params, 'percent_off'));
  if (percent > 0 && percent <= 100) return percent;
  throw invalidRequest('Invalid decimal: must be over 0 and at most 100', {
    param: 'percent_off',
  });
}

function deleteCoupon(account: Account, id: string): object {
  const row = getByPath(account, 'coupon', id);
  if (row.hidden.deleted) throw resourceMissing('coupon', id, 'coupon', 'path');
  row.hidden.deleted = true;
  save(account, 'coupon', row);
  emitEvent(account, 'coupon.deleted', row.object);
  return { id, object: 'coupon', deleted: true };
}

export const COUPON_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/coupons',
    more: COUPON_PARAMS,
    answer: ({ account, params }) => createCoupon(account, params),
  },
  {
    method: 'GET',
    path: '/v1/coupons/:id',
    answer: (call) => getByPath(call.account, 'coupon', pathId(call)).object,
  },
  {
    method: 'DELETE',
    path: '/v1/coupons/:id',
    answer: (call) => deleteCoupon(call.account, pathId(call)),
  },
];
