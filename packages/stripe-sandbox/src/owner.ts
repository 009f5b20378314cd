import type Stripe from 'stripe';
import type { Account } from './context.ts';
import { invalidRequest, resourceMissing } from './errors.ts';
import { getByParam } from './get-object.ts';
import { idOf } from './ids.ts';
import { text } from './params.ts';
import type { Params } from './params.ts';

/** What belongs to a customer: v1 customers and Accounts v2 have a field each, one of them null. */
type Owned = {
  customer: string | Stripe.Customer | Stripe.DeletedCustomer | null;
  customer_account?: string | null;
};

/** `cus_…` or `acct_…`: whose it is; null when it is nobody's. */
export function ownerIdOf(object: Owned): string | null {
  return idOf(object.customer) ?? object.customer_account ?? null;
}

/** The two fields that name an owner, whichever kind it is (stripe.md 10). */
export function ownerFields(ownerId: string | null): {
  customer: string | null;
  customer_account: string | null;
} {
  const isAccount = ownerId !== null && isAccountId(ownerId);
  return { customer: isAccount ? null : ownerId, customer_account: isAccount ? ownerId : null };
}

/** Whether an owner is an Accounts v2 account. */
export function isAccountId(ownerId: string): boolean {
  return ownerId.startsWith('acct_');
}

/** The owner that `customer` or `customer_account` names, unchecked, for filters. */
function readOwnerId(params: Params): string | undefined {
  const customer = text(params, 'customer');
  const customerAccount = text(params, 'customer_account');
  if (customer !== undefined && customerAccount !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: customer, customer_account.',
      { code: 'parameters_exclusive', param: 'customer' },
    );
  }
  return customer ?? customerAccount;
}

/** The owner of an intent, a session or a method: it must exist. */
export function readOwner(account: Account, params: Params): string | undefined {
  const ownerId = readOwnerId(params);
  if (ownerId === undefined) return undefined;
  if (text(params, 'customer') !== undefined) getByParam(account, 'customer', ownerId, 'customer');
  else requireCustomerAccount(account, ownerId);
  return ownerId;
}

/** Only an open account with the customer configuration can be whom a payment is for. */
function requireCustomerAccount(account: Account, id: string): void {
  const param = 'customer_account';
  const { object } = getByParam(account, 'v2.core.account', id, param);
  if (object.closed === true) {
    throw invalidRequest(`The account '${id}' is closed.`, { code: 'account_closed', param });
  }
  if (!object.applied_configurations.includes('customer')) {
    throw invalidRequest(`The account '${id}' does not have the customer configuration.`, {
      param,
    });
  }
}

/** For lists: only what belongs to the owner that the parameters name. */
export function ownedBy(params: Params): { customer?: string } {
  const ownerId = readOwnerId(params);
  return ownerId === undefined ? {} : { customer: ownerId };
}

/** The same, and 400 for an owner that never was; a deleted one's are still listed. */
export function ownedByKnown(account: Account, params: Params): { customer?: string } {
  const filter = ownedBy(params);
  if (filter.customer === undefined) return filter;
  const isAccount = isAccountId(filter.customer);
  const type = isAccount ? 'v2.core.account' : 'customer';
  if (account.ctx.store.find(account.id, type, filter.customer) !== undefined) return filter;
  throw isAccount
    ? resourceMissing('account', filter.customer, 'customer_account', 'body')
    : resourceMissing('customer', filter.customer, 'customer', 'body');
}
