import { findBankAccount } from '../bank-accounts.ts';
import type { Account } from '../context.ts';
import type { Row } from '../stored-objects.ts';
import { keepOnCustomer } from './attach-payment-method.ts';
import { makeBankPaymentMethod } from './build-bank-payment-method.ts';
import { activateMandate, makeMandate } from './mandates.ts';

/** What a setup attempt says about the account behind it. */
export type GeneratedDebit = {
  generated_sepa_debit: string;
  generated_sepa_debit_mandate: string;
  iban_last4: string;
};

/**
 * iDEAL and Bancontact are used once: what is saved is the bank account behind them, which may be
 * debited from then on. Events: payment_method.attached, mandate.updated.
 */
export function keepGeneratedDebit(
  account: Account,
  method: Row<'payment_method'>,
  ownerId: string | null,
): GeneratedDebit {
  const country = method.object.type === 'ideal' ? 'nl' : 'be';
  const bank = findBankAccount(`success_${country}`);
  if (bank === undefined) throw new Error(`There is no test account in ${country}.`);
  const debit = makeBankPaymentMethod(account, {
    bank,
    routing: null,
    holderType: 'individual',
    accountType: 'checking',
    verified: true,
    billingDetails: method.object.billing_details,
    allowRedisplay: method.object.allow_redisplay ?? 'unspecified',
    metadata: {},
  });
  const mandate = makeMandate(account, {
    method: debit,
    acceptance: { accepted_at: account.ctx.clock.seconds(), type: 'online', online: NOWHERE },
    singleUse: null,
  });
  if (ownerId !== null) keepOnCustomer(account, debit, ownerId);
  activateMandate(account, mandate.object.id, debit);
  return {
    generated_sepa_debit: debit.object.id,
    generated_sepa_debit_mandate: mandate.object.id,
    iban_last4: bank.number.slice(-4),
  };
}

const NOWHERE = { ip_address: null, user_agent: null };
