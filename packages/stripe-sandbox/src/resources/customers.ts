import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { resourceMissing } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { newId, randomText } from '../ids.ts';
import { listPage } from '../list-page.ts';
import { text } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';
import { applyCustomerParams } from './apply-customer-params.ts';
import { applyCoupon } from './billing/apply-coupon.ts';
import { attachToCustomer } from './attach-payment-method.ts';
import { takePaymentMethod } from './take-payment-method.ts';

function newCustomer(account: Account): Stripe.Customer {
  return {
    id: newId('cus').slice(0, 18),
    object: 'customer',
    address: null,
    balance: 0,
    created: account.ctx.clock.seconds(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: randomText(8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
}

/** Creates a customer; `payment_method` is attached at once. */
export function createCustomer(account: Account, params: Params): Stripe.Customer {
  const customer = newCustomer(account);
  const row: Row<'customer'> = { object: customer, hidden: { deleted: false } };
  account.ctx.store.insert(account.id, 'customer', row);
  const sent = text(params, 'payment_method');
  // A template gives a method of its own, which the request can only name by the template's id.
  const attached = new Map<string, string>();
  if (sent !== undefined) {
    const method = attachToCustomer(account, takePaymentMethod(account, sent), customer.id);
    attached.set(sent, method.id);
  }
  applyCustomerParams(account, customer, params, attached);
  const later = applyCoupon(account, customer, params);
  save(account, 'customer', row);
  emitEvent(account, 'customer.created', customer);
  for (const emit of later) emit();
  return customer;
}

function updateCustomer(account: Account, id: string, params: Params): Stripe.Customer {
  const row = getByPath(account, 'customer', id);
  if (row.hidden.deleted) throw resourceMissing('customer', id, 'id', 'path');
  const before = structuredClone(row.object);
  applyCustomerParams(account, row.object, params);
  const later = applyCoupon(account, row.object, params);
  save(account, 'customer', row);
  emitEvent(account, 'customer.updated', row.object, before);
  for (const emit of later) emit();
  return row.object;
}

function retrieveCustomer(account: Account, id: string): Stripe.Customer | Stripe.DeletedCustomer {
  const { object, hidden } = getByPath(account, 'customer', id);
  return hidden.deleted ? { id, object: 'customer', deleted: true } : object;
}

/** Its payment methods stay as they are, with its id on them (stripe.md 4.7). */
function deleteCustomer(account: Account, id: string): Stripe.DeletedCustomer {
  const row = getByPath(account, 'customer', id);
  if (row.hidden.deleted) throw resourceMissing('customer', id, 'id', 'path');
  row.hidden.deleted = true;
  save(account, 'customer', row);
  emitEvent(account, 'customer.deleted', row.object);
  return { id, object: 'customer', deleted: true };
}

export const CUSTOMER_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/customers',
    more: ['coupon'],
    answer: ({ account, params }) => createCustomer(account, params),
  },
  {
    method: 'GET',
    path: '/v1/customers',
    answer: ({ account, params }) => {
      const email = text(params, 'email');
      return listPage(
        account,
        'customer',
        '/v1/customers',
        params,
        email === undefined ? {} : { matches: ({ object }) => object.email === email },
      );
    },
  },
  {
    method: 'GET',
    path: '/v1/customers/:id',
    answer: (call) => retrieveCustomer(call.account, pathId(call)),
  },
  {
    method: 'POST',
    path: '/v1/customers/:id',
    more: ['coupon'],
    answer: (call) => updateCustomer(call.account, pathId(call), call.params),
  },
  {
    method: 'DELETE',
    path: '/v1/customers/:id',
    answer: (call) => deleteCustomer(call.account, pathId(call)),
  },
];
