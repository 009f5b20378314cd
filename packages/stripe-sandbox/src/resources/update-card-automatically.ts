import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { invalidRequest } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';

type NewCard = {
  month: number | undefined;
  year: number | undefined;
  last4: string | undefined;
};

/**
 * What a card network does when a card was renewed: the saved card gets the new dates and last digits,
 * and `payment_method.automatically_updated` tells (stripe.md 6.3). Without any, its expiry moves on by
 * four years.
 */
export function updateCardAutomatically(
  account: Account,
  id: string,
  given: NewCard,
): Stripe.PaymentMethod {
  const row = getByPath(account, 'payment_method', id);
  const { card } = row.object;
  if (card === undefined) throw invalidRequest('Only cards are updated by their networks.');
  const { month, year, last4 } = given;
  if (month !== undefined && (month < 1 || month > 12)) {
    throw invalidRequest('`exp_month` must be between 1 and 12.', { param: 'exp_month' });
  }
  if (last4 !== undefined && !/^\d{4}$/.test(last4)) {
    throw invalidRequest('`last4` must be four digits.', { param: 'last4' });
  }
  const before = structuredClone(row.object);
  const nothing = month === undefined && year === undefined && last4 === undefined;
  card.exp_month = month ?? card.exp_month;
  card.exp_year = year ?? (nothing ? card.exp_year + 4 : card.exp_year);
  card.last4 = last4 ?? card.last4;
  save(account, 'payment_method', row);
  emitEvent(account, 'payment_method.automatically_updated', row.object, before);
  return row.object;
}
