import type { Account } from './context.ts';
import { resourceMissing } from './errors.ts';
import type { Row, StoredType } from './stored-objects.ts';

/** Stripe's word for the object in "No such …", and the parameter it names when the id is in the path. */
const NOUNS: { [type in StoredType]: [noun: string, pathParam: string] } = {
  customer: ['customer', 'id'],
  payment_method: ['PaymentMethod', 'payment_method'],
  setup_intent: ['setupintent', 'intent'],
  payment_intent: ['payment_intent', 'intent'],
  charge: ['charge', 'id'],
  refund: ['refund', 'id'],
  mandate: ['mandate', 'mandate'],
  setup_attempt: ['setup_attempt', 'id'],
  dispute: ['dispute', 'dispute'],
  file: ['file', 'file'],
  balance_transaction: ['balance transaction', 'id'],
  confirmation_token: ['confirmationtoken', 'confirmation_token'],
  event: ['event', 'id'],
  webhook_endpoint: ['webhook endpoint', 'id'],
  'checkout.session': ['checkout.session', 'session'],
  'v2.core.account': ['account', 'id'],
  product: ['product', 'id'],
  price: ['price', 'price'],
  coupon: ['coupon', 'coupon'],
  subscription: ['subscription', 'id'],
  customer_session: ['customer_session', 'id'],
  'billing_portal.session': ['billing_portal.session', 'id'],
};

/** The object a path names, or 404. */
export function getByPath<T extends StoredType>(account: Account, type: T, id: string): Row<T> {
  const row = account.ctx.store.find(account.id, type, id);
  if (row !== undefined) return row;
  const [noun, param] = NOUNS[type];
  throw resourceMissing(noun, id, param, 'path');
}

/** The object a parameter names, or 400; a deleted one counts as missing. */
export function getByParam<T extends StoredType>(
  account: Account,
  type: T,
  id: string,
  param: string,
): Row<T> {
  const row = account.ctx.store.find(account.id, type, id);
  if (row !== undefined && !('deleted' in row.hidden && row.hidden.deleted)) return row;
  throw resourceMissing(NOUNS[type][0], id, param, 'body');
}

/** Writes a changed object back. */
export function save<T extends StoredType>(account: Account, type: T, row: Row<T>): void {
  account.ctx.store.update(account.id, type, row);
}

/** Whether an id of the caller's choice stands for something of the same account already. */
export function isTaken(account: Account, id: string): boolean {
  const found = account.ctx.store
    .sql<[string, string], unknown>('select 1 from objects where id = ? and account = ?')
    .get(id, account.id);
  return found !== undefined;
}
