import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { invalidRequest } from '../errors.ts';
import { idOf } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { clearable, has, hash, hashes, integer, requiredText, text, texts } from '../params.ts';
import type { Params } from '../params.ts';
import { readAddress, readShipping } from './address.ts';

/**
 * What create and update set on a customer. `attached` says which id a method got that the same
 * request attaches. Throws 400 for what Stripe would not take.
 */
export function applyCustomerParams(
  account: Account,
  customer: Stripe.Customer,
  params: Params,
  attached: ReadonlyMap<string, string> = new Map(),
): void {
  for (const name of ['description', 'email', 'name', 'phone'] as const) {
    const value = clearable(params, name);
    if (value !== undefined) customer[name] = value;
  }
  checkEmail(customer.email);
  for (const name of ['business_name', 'individual_name'] as const) {
    const value = clearable(params, name);
    if (value === null) delete customer[name];
    else if (value !== undefined) customer[name] = value;
  }
  const address = readAddress(params, 'address');
  if (address !== undefined) customer.address = address;
  const shipping = readShipping(params);
  if (shipping !== undefined) customer.shipping = shipping;
  if (has(params, 'preferred_locales')) {
    customer.preferred_locales = texts(params, 'preferred_locales') ?? [];
  }
  const taxExempt = clearable(params, 'tax_exempt');
  if (taxExempt !== undefined) customer.tax_exempt = taxExempt ?? 'none';
  customer.balance = integer(params, 'balance') ?? customer.balance;
  applyInvoicing(customer, params);
  const settings = hash(params, 'invoice_settings');
  if (settings !== undefined) {
    applyInvoiceSettings(customer, settings);
    const method = clearable(settings, 'default_payment_method');
    if (method !== undefined) {
      setDefaultMethod(account, customer, (method && attached.get(method)) ?? method);
    }
  }
  customer.metadata = mergeMetadata(params, customer.metadata);
}

function checkEmail(email: string | null): void {
  if (email === null || (email.length <= 512 && /^[^\s@]+@[^\s@]+$/.test(email))) return;
  throw invalidRequest(`Invalid email address: ${email.slice(0, 60)}`, {
    code: 'email_invalid',
    param: 'email',
  });
}

function applyInvoicing(customer: Stripe.Customer, params: Params): void {
  const prefix = text(params, 'invoice_prefix');
  if (prefix !== undefined) {
    if (!/^[A-Z0-9]{3,12}$/.test(prefix)) {
      throw invalidRequest('An invoice prefix has 3 to 12 upper-case letters or digits.', {
        param: 'invoice_prefix',
      });
    }
    customer.invoice_prefix = prefix;
  }
  const sequence = integer(params, 'next_invoice_sequence');
  if (sequence !== undefined) customer.next_invoice_sequence = sequence;
}

function applyInvoiceSettings(customer: Stripe.Customer, settings: Params): void {
  const current = customer.invoice_settings;
  if (has(settings, 'custom_fields')) {
    const fields = hashes(settings, 'custom_fields') ?? [];
    if (fields.length > 4) {
      throw invalidRequest('You may pass at most 4 custom fields.', {
        param: 'invoice_settings[custom_fields]',
      });
    }
    current.custom_fields = fields.map((field) => ({
      name: requiredText(field, 'name'),
      value: requiredText(field, 'value'),
    }));
  }
  const footer = clearable(settings, 'footer');
  if (footer !== undefined) current.footer = footer;
  if (has(settings, 'rendering_options')) {
    const options = hash(settings, 'rendering_options');
    current.rendering_options =
      options === undefined
        ? null
        : {
            amount_tax_display: clearable(options, 'amount_tax_display') ?? null,
            template: clearable(options, 'template') ?? null,
          };
  }
}

/** Only a method that is attached to the customer can be its default; null for none. */
export function setDefaultMethod(
  account: Account,
  customer: Stripe.Customer,
  id: string | null,
): void {
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
