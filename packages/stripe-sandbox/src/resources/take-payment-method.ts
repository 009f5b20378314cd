import type { Account } from '../context.ts';
import { resourceMissing } from '../errors.ts';
import type { Row } from '../stored-objects.ts';
import { findTestCard } from '../test-cards.ts';
import { readBillingDetails } from './address.ts';
import { makeCardPaymentMethod } from './build-payment-method.ts';

/**
 * The payment method that an id names. `pm_card_visa` and its like are templates: each use makes a
 * new payment method with an id of its own. Throws resource_missing (400, or 404 for paths).
 */
export function takePaymentMethod(
  account: Account,
  id: string,
  where: 'path' | 'body' = 'body',
): Row<'payment_method'> {
  if (id.startsWith('pm_card_')) {
    const made = makeFromTemplate(account, id);
    if (made !== undefined) return made;
  }
  const row = account.ctx.store.find(account.id, 'payment_method', id);
  if (row === undefined) throw resourceMissing('PaymentMethod', id, 'payment_method', where);
  return row;
}

/** A new card from `pm_card_…` or `tok_…`, which expires in the month it is, next year. */
export function makeFromTemplate(
  account: Account,
  template: string,
): Row<'payment_method'> | undefined {
  const card = findTestCard(template);
  if (card === undefined) return undefined;
  const today = new Date(account.ctx.clock.now());
  return makeCardPaymentMethod(account, {
    card,
    expMonth: today.getUTCMonth() + 1,
    expYear: today.getUTCFullYear() + 1,
    cvcGiven: true,
    billingDetails: readBillingDetails({ values: {}, at: '' }),
    allowRedisplay: 'unspecified',
    metadata: {},
  });
}
