import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { invalidRequest } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { clearable, flag, has, hash, integer, isTree, text } from '../params.ts';
import type { ParamTree, Params } from '../params.ts';
import { ownerIdOf } from '../owner.ts';

type V2Account = Stripe.V2.Core.Account;
type CustomerConfiguration = Stripe.V2.Core.Account.Configuration.Customer;

/** What create and update set on an account: hashes are merged into what was there. */
export function applyAccountParams(account: Account, target: V2Account, params: Params): void {
  for (const name of ['contact_email', 'contact_phone', 'display_name'] as const) {
    const value = clearable(params, name);
    if (value === null) delete target[name];
    else if (value !== undefined) target[name] = value;
  }
  if (target.contact_email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(target.contact_email)) {
    throw invalidRequest(`Invalid email address: ${target.contact_email.slice(0, 60)}`, {
      code: 'email_invalid',
      param: 'contact_email',
    });
  }
  const dashboard = text(params, 'dashboard');
  if (dashboard !== undefined) target.dashboard = dashboard as Stripe.V2.Core.Account.Dashboard;
  target.metadata = mergeMetadata(params, target.metadata);
  if (has(params, 'identity')) {
    target.identity = merged(target.identity ?? {}, hash(params, 'identity'));
  }
  if (has(params, 'defaults')) {
    const known = target.defaults ?? { responsibilities: { requirements_collector: 'stripe' } };
    target.defaults = merged(known, hash(params, 'defaults'));
  }
  applyConfigurations(account, target, hash(params, 'configuration'));
}

function applyConfigurations(
  account: Account,
  target: V2Account,
  configuration: Params | undefined,
): void {
  if (configuration === undefined) return;
  const current = { ...target.configuration };
  if (has(configuration, 'customer')) {
    const given = hash(configuration, 'customer') ?? { values: {}, at: 'configuration[customer]' };
    current.customer = customerConfiguration(account, target.id, current.customer, given);
  }
  for (const name of ['merchant', 'recipient'] as const) {
    if (!has(configuration, name)) continue;
    const given = hash(configuration, name);
    current[name] = { applied: (given && flag(given, 'applied')) ?? true };
  }
  target.configuration = current;
  target.applied_configurations = (['customer', 'merchant', 'recipient'] as const).filter(
    (name) => current[name]?.applied === true,
  );
}

function customerConfiguration(
  account: Account,
  accountId: string,
  current: CustomerConfiguration | undefined,
  given: Params,
): CustomerConfiguration {
  const next: CustomerConfiguration = structuredClone(
    current ?? {
      applied: true,
      automatic_indirect_tax: { exempt: 'none', location_source: 'identity_address' },
      billing: { invoice: { custom_fields: [], next_sequence: 1 } },
    },
  );
  next.applied = flag(given, 'applied') ?? (current === undefined || next.applied);
  const tax = hash(given, 'automatic_indirect_tax');
  if (tax !== undefined)
    next.automatic_indirect_tax = merged(next.automatic_indirect_tax ?? {}, tax);
  const shipping = hash(given, 'shipping');
  if (shipping !== undefined) next.shipping = merged(next.shipping ?? {}, shipping);
  const billing = hash(given, 'billing');
  if (billing !== undefined) next.billing = readBilling(account, accountId, next, billing);
  return next;
}

function readBilling(
  account: Account,
  accountId: string,
  current: CustomerConfiguration,
  given: Params,
): Stripe.V2.Core.Account.Configuration.Customer.Billing {
  const next = { ...current.billing };
  const invoice = hash(given, 'invoice');
  if (invoice !== undefined) {
    next.invoice = merged(next.invoice ?? { custom_fields: [] }, invoice);
    const sequence = integer(invoice, 'next_sequence');
    if (sequence !== undefined) next.invoice.next_sequence = sequence;
  }
  const method = clearable(given, 'default_payment_method');
  if (method === undefined) return next;
  delete next.default_payment_method;
  if (method === null) return next;
  const row = account.ctx.store.find(account.id, 'payment_method', method);
  if (row === undefined || ownerIdOf(row.object) !== accountId) {
    throw invalidRequest(
      `The account does not have a payment method with the ID ${method}. The payment method must be attached to the account.`,
      { code: 'resource_missing', param: `${given.at}[default_payment_method]` },
    );
  }
  return { ...next, default_payment_method: method };
}

/** Hashes in hashes, the later value winning; null removes. Numbers of documents are never kept. */
function merged<T extends object>(current: T, given: Params | undefined): T {
  return given === undefined ? current : (mergeTrees(current as ParamTree, given.values) as T);
}

function mergeTrees(current: ParamTree, given: ParamTree): ParamTree {
  const next: ParamTree = { ...current };
  for (const [name, value] of Object.entries(given)) {
    if (['id_numbers', 'documents'].includes(name)) continue;
    const before = next[name];
    if (value === null) delete next[name];
    else if (isTree(value)) next[name] = mergeTrees(isTree(before) ? before : {}, value);
    else next[name] = value;
  }
  return next;
}
