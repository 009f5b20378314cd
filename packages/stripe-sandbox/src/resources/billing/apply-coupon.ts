import type Stripe from 'stripe';
import type { Account } from '../../context.ts';
import { emitEvent } from '../../emit-event.ts';
import { invalidRequest } from '../../errors.ts';
import { getByParam } from '../../get-object.ts';
import { newId } from '../../ids.ts';
import { clearable, has } from '../../params.ts';
import type { Params } from '../../params.ts';

/** From this API version on, customers have no `coupon` parameter. */
const COUPON_REMOVED_IN = '2025-09-30';

/**
 * The discount of a customer after `coupon`, which older callers send (the Stripe CLI is one): a
 * coupon's id gives or changes it, an empty value takes it away. Gives the events to send afterwards.
 */
export function applyCoupon(
  account: Account,
  customer: Stripe.Customer,
  params: Params,
): (() => void)[] {
  if (!has(params, 'coupon')) return [];
  const version = account.request?.version;
  if (typeof version === 'string' && version >= COUPON_REMOVED_IN) {
    throw invalidRequest('Received unknown parameter: coupon', {
      code: 'parameter_unknown',
      param: 'coupon',
    });
  }
  const former = customer.discount ?? null;
  const id = clearable(params, 'coupon') ?? null;
  if (id === null) {
    customer.discount = null;
    if (former === null) return [];
    return [() => emitEvent(account, 'customer.discount.deleted', former)];
  }
  const { object: coupon } = getByParam(account, 'coupon', id, 'coupon');
  const discount = makeDiscount(account, customer.id, coupon.id);
  customer.discount = discount;
  if (former === null) return [() => emitEvent(account, 'customer.discount.created', discount)];
  return [() => emitEvent(account, 'customer.discount.updated', discount, former)];
}

function makeDiscount(account: Account, customer: string, coupon: string): Stripe.Discount {
  return {
    id: newId('di'),
    object: 'discount',
    checkout_session: null,
    customer,
    customer_account: null,
    end: null,
    invoice: null,
    invoice_item: null,
    promotion_code: null,
    source: { coupon, type: 'coupon' },
    start: account.ctx.clock.seconds(),
    subscription: null,
    subscription_item: null,
  };
}
