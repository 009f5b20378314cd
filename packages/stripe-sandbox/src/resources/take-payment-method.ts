import { findBankAccount } from '../bank-accounts.ts';
import type { Account } from '../context.ts';
import { resourceMissing } from '../errors.ts';
import type { Row } from '../stored-objects.ts';
import { findTestCard } from '../test-cards.ts';
import { readBillingDetails } from './address.ts';
import { makeBankPaymentMethod } from './build-bank-payment-method.ts';
import { makeCardPaymentMethod } from './build-payment-method.ts';

/**
 * The payment method that an id names. `pm_card_visa`, `pm_success_at` and their like are templates:
 * each use makes a new method with an id of its own. Throws resource_missing (400, or 404 for paths).
 */
export function takePaymentMethod(
  account: Account,
  id: string,
  where: 'path' | 'body' = 'body',
): Row<'payment_method'> {
  const made = id.startsWith('pm_card_')
    ? makeFromTemplate(account, id)
    : makeFromBankTemplate(account, id);
  if (made !== undefined) return made;
  const row = account.ctx.store.find(account.id, 'payment_method', id);
  if (row === undefined) throw resourceMissing('PaymentMethod', id, 'payment_method', where);
  return row;
}

/** A new bank account from `pm_success_at`, `pm_usBankAccount_success` and their like. */
function makeFromBankTemplate(account: Account, id: string): Row<'payment_method'> | undefined {
  const bank = id.startsWith('pm_') ? findBankAccount(id) : undefined;
  if (bank === undefined) return undefined;
  const billingDetails = readBillingDetails({ values: {}, at: '' });
  billingDetails.name = 'Jenny Rosen';
  billingDetails.email = 'jenny@example.com';
  return makeBankPaymentMethod(account, {
    bank,
    routing: { sepa_debit: null, au_becs_debit: '000000', us_bank_account: '110000000' }[bank.type],
    holderType: 'individual',
    accountType: 'checking',
    verified: bank.depositsFail !== true,
    billingDetails,
    allowRedisplay: 'unspecified',
    metadata: {},
  });
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
