import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { invalidRequest } from '../errors.ts';
import { save } from '../get-object.ts';
import { idOf } from '../ids.ts';
import { isAccountId } from '../owner.ts';
import { setDefaultMethod } from './apply-customer-params.ts';

/** The method a customer or account pays with unless told otherwise; null when none is set. */
export function defaultMethodOf(account: Account, ownerId: string): string | null {
  if (isAccountId(ownerId)) {
    const owner = account.ctx.store.find(account.id, 'v2.core.account', ownerId)?.object;
    return owner?.configuration?.customer?.billing?.default_payment_method ?? null;
  }
  const customer = account.ctx.store.find(account.id, 'customer', ownerId)?.object;
  return idOf(customer?.invoice_settings.default_payment_method);
}

/** Sets or clears the default of a customer (event: customer.updated) or of an account. */
export function changeDefaultMethod(
  account: Account,
  ownerId: string,
  methodId: string | null,
): void {
  if (isAccountId(ownerId)) {
    changeAccountDefault(account, ownerId, methodId);
    return;
  }
  const row = account.ctx.store.find(account.id, 'customer', ownerId);
  if (row === undefined || row.hidden.deleted) return;
  const before = structuredClone(row.object);
  setDefaultMethod(account, row.object, methodId);
  save(account, 'customer', row);
  emitEvent(account, 'customer.updated', row.object, before);
}

function changeAccountDefault(account: Account, ownerId: string, methodId: string | null): void {
  const row = account.ctx.store.find(account.id, 'v2.core.account', ownerId);
  const customer = row?.object.configuration?.customer;
  if (row === undefined || customer === undefined) {
    throw invalidRequest(`The account '${ownerId}' does not have the customer configuration.`);
  }
  customer.billing ??= {};
  if (methodId === null) delete customer.billing.default_payment_method;
  else customer.billing.default_payment_method = methodId;
  save(account, 'v2.core.account', row);
}
