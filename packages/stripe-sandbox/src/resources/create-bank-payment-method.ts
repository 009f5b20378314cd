import { findBankAccountByNumber, isIban } from '../bank-accounts.ts';
import type { BankAccount, DebitType } from '../bank-accounts.ts';
import type { Account } from '../context.ts';
import { invalidRequest } from '../errors.ts';
import { hash, missing, oneOf, requiredText, text } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';
import { makeBankPaymentMethod } from './build-bank-payment-method.ts';
import type { MethodDetails } from './build-bank-payment-method.ts';

/** Makes a bank account from its typed number. 400 for what is no number, or no test number. */
export function createBankPaymentMethod(
  account: Account,
  type: DebitType,
  params: Params,
  details: MethodDetails,
): Row<'payment_method'> {
  const given = hash(params, type);
  if (given === undefined) throw missing(type);
  requireHolder(type, details, params.at);
  const routing = readRouting(type, given);
  return makeBankPaymentMethod(account, {
    ...details,
    bank: readAccount(type, given),
    routing,
    holderType: oneOf(given, 'account_holder_type', ['individual', 'company']) ?? 'individual',
    accountType: oneOf(given, 'account_type', ['checking', 'savings']) ?? 'checking',
    verified: false,
  });
}

/** SEPA and BECS need a name and an e-mail address, ACH a name: they stand in the mandate. */
function requireHolder(type: DebitType, details: MethodDetails, at: string): void {
  const { name, email } = details.billingDetails;
  const prefix = at === '' ? 'billing_details' : `${at}[billing_details]`;
  if (name === null) throw missing(`${prefix}[name]`);
  if (email === null && type !== 'us_bank_account') throw missing(`${prefix}[email]`);
}

function readRouting(type: DebitType, given: Params): string | null {
  if (type === 'sepa_debit') return null;
  if (type === 'au_becs_debit') {
    const bsb = requiredText(given, 'bsb_number').replaceAll(/[ -]/g, '');
    if (/^\d{6}$/.test(bsb)) return bsb;
    throw invalidNumber('The BSB you entered is invalid.', `${given.at}[bsb_number]`);
  }
  const routing = text(given, 'routing_number');
  if (routing === undefined) throw missing(`${given.at}[routing_number]`);
  if (/^\d{9}$/.test(routing)) return routing;
  throw invalidRequest('Routing number must have 9 digits', {
    code: 'routing_number_invalid',
    param: `${given.at}[routing_number]`,
  });
}

function readAccount(type: DebitType, given: Params): BankAccount {
  const name = type === 'sepa_debit' ? 'iban' : 'account_number';
  const number = requiredText(given, name).replaceAll(/[ -]/g, '').toUpperCase();
  const param = `${given.at}[${name}]`;
  if (type === 'sepa_debit' && !isIban(number)) {
    throw invalidNumber('The IBAN you entered is invalid.', param);
  }
  if (type !== 'sepa_debit' && !/^\d{4,17}$/.test(number)) {
    throw invalidNumber('The account number you entered is invalid.', param);
  }
  const bank = findBankAccountByNumber(type, number);
  if (bank !== undefined) return bank;
  throw invalidRequest(
    'You must use a test bank account number in test mode. Try one of the numbers at https://stripe.com/docs/testing.',
    { code: 'payment_method_invalid_parameter_testmode', param },
  );
}

function invalidNumber(message: string, param: string): Error {
  return invalidRequest(message, { code: 'account_number_invalid', param });
}
