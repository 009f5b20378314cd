import type Stripe from 'stripe';
import type { BankAccount } from '../bank-accounts.ts';
import type { Account } from '../context.ts';
import { newId } from '../ids.ts';
import type { RedirectType } from '../method-kinds.ts';
import type { Row } from '../stored-objects.ts';
import { fingerprintOf } from './build-payment-method.ts';

/** What a request says about a method besides its account. */
export type MethodDetails = {
  billingDetails: Stripe.PaymentMethod.BillingDetails;
  allowRedisplay: Stripe.PaymentMethod.AllowRedisplay;
  metadata: Stripe.Metadata;
};

type NewBankMethod = MethodDetails & {
  bank: BankAccount;
  /** BSB or routing number; an IBAN has its own. */
  routing: string | null;
  holderType: 'individual' | 'company';
  accountType: 'checking' | 'savings';
  /** The owner has shown that the account is theirs: no small deposits are needed. */
  verified: boolean;
};

/** Makes and keeps an unattached bank account: last 4 digits and a salted hash of its number stay. */
export function makeBankPaymentMethod(
  account: Account,
  given: NewBankMethod,
): Row<'payment_method'> {
  const { bank } = given;
  const row: Row<'payment_method'> = {
    object: { ...baseOf(account, given, bank.type), ...accountFields(account, given) },
    hidden: {
      behaviour: bank.alias,
      authenticated: false,
      spent: false,
      verified: bank.type !== 'us_bank_account' || given.verified,
    },
  };
  account.ctx.store.insert(account.id, 'payment_method', row);
  return row;
}

function accountFields(account: Account, given: NewBankMethod): Partial<Stripe.PaymentMethod> {
  const { bank } = given;
  const fingerprint = fingerprintOf(account.ctx.fingerprintSalt, bank.number);
  const last4 = bank.number.slice(-4);
  if (bank.type === 'sepa_debit') {
    return {
      sepa_debit: {
        bank_code: bank.number.slice(4, 12),
        branch_code: '',
        country: bank.number.slice(0, 2),
        fingerprint,
        generated_from: { charge: null, setup_attempt: null },
        last4,
      },
    };
  }
  if (bank.type === 'au_becs_debit') {
    return { au_becs_debit: { bsb_number: given.routing, fingerprint, last4 } };
  }
  return {
    us_bank_account: {
      account_holder_type: given.holderType,
      account_type: given.accountType,
      bank_name: 'STRIPE TEST BANK',
      financial_connections_account: null,
      fingerprint,
      last4,
      networks: { preferred: 'ach', supported: ['ach'] },
      routing_number: given.routing,
      status_details: {},
    },
  };
}

/** Makes and keeps a method that sends the shopper elsewhere to pay. */
export function makeRedirectPaymentMethod(
  account: Account,
  type: RedirectType,
  given: MethodDetails,
): Row<'payment_method'> {
  const fields: { [name in RedirectType]: Partial<Stripe.PaymentMethod> } = {
    ideal: { ideal: { bank: null, bic: null } },
    bancontact: { bancontact: {} },
    eps: { eps: { bank: null } },
    p24: { p24: { bank: null } },
    alipay: { alipay: {} },
  };
  const row: Row<'payment_method'> = {
    object: { ...baseOf(account, given, type), ...fields[type] },
    hidden: { behaviour: type, authenticated: false, spent: false },
  };
  account.ctx.store.insert(account.id, 'payment_method', row);
  return row;
}

function baseOf(account: Account, given: MethodDetails, type: string): Stripe.PaymentMethod {
  return {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: given.allowRedisplay,
    billing_details: given.billingDetails,
    created: account.ctx.clock.seconds(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: given.metadata,
    type,
  };
}
