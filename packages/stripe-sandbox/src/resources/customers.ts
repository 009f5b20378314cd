import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { invalidRequest, resourceMissing } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { idOf, newId, randomText } from '../ids.ts';
import { listPage } from '../list-page.ts';
import { mergeMetadata } from '../metadata.ts';
import { clearable, hash, text, texts } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';
import { readAddress, readShipping } from './address.ts';
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

function applyParams(account: Account, customer: Stripe.Customer, params: Params): void {
  for (const name of ['description', 'email', 'name', 'phone'] as const) {
    const value = clearable(params, name);
    if (value !== undefined) customer[name] = value;
  }
  if (customer.email !== null && customer.email.length > 512) {
    throw invalidRequest(`Invalid email address: ${customer.email.slice(0, 60)}`, {
      code: 'email_invalid',
      param: 'email',
    });
  }
  const address = readAddress(params, 'address');
  if (address !== undefined) customer.address = address;
  const shipping = readShipping(params);
  if (shipping !== undefined) customer.shipping = shipping;
  const locales = texts(params, 'preferred_locales');
  if (locales !== undefined) customer.preferred_locales = locales;
  customer.metadata = mergeMetadata(params, customer.metadata);
  const invoiceSettings = hash(params, 'invoice_settings');
  const fallback =
    invoiceSettings === undefined
      ? undefined
      : clearable(invoiceSettings, 'default_payment_method');
  if (fallback !== undefined) setDefault(account, customer, fallback);
}

function setDefault(account: Account, customer: Stripe.Customer, id: string | null): void {
  if (id !== null) {
    const row = account.ctx.store.find(account.id, 'payment_method', id);
    if (row === undefined || idOf(row.object.customer) !== customer.id) {
      throw invalidRequest(
        `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
        { code: 'resource_missing', param: 'invoice_settings[default_payment_method]' },
      );
    }
  }
  customer.invoice_settings.default_payment_method = id;
}

/** Creates a customer; `payment_method` is attached at once. */
export function createCustomer(account: Account, params: Params): Stripe.Customer {
  const customer = newCustomer(account);
  const row: Row<'customer'> = { object: customer, hidden: { deleted: false } };
  account.ctx.store.insert(account.id, 'customer', row);
  const methodId = text(params, 'payment_method');
  if (methodId !== undefined) {
    attachToCustomer(account, takePaymentMethod(account, methodId), customer.id);
  }
  applyParams(account, customer, params);
  save(account, 'customer', row);
  emitEvent(account, 'customer.created', customer);
  return customer;
}

function updateCustomer(account: Account, id: string, params: Params): Stripe.Customer {
  const row = getByPath(account, 'customer', id);
  if (row.hidden.deleted) throw resourceMissing('customer', id, 'id', 'path');
  const before = structuredClone(row.object);
  applyParams(account, row.object, params);
  save(account, 'customer', row);
  emitEvent(account, 'customer.updated', row.object, before);
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
    answer: (call) => updateCustomer(call.account, pathId(call), call.params),
  },
  {
    method: 'DELETE',
    path: '/v1/customers/:id',
    answer: (call) => deleteCustomer(call.account, pathId(call)),
  },
];
