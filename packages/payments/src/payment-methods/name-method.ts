import { m } from '@onfile/messages/mail-messages.ts';

/** What of a method its name is made of. */
export interface NamedMethod {
  /** Stripe's: `card`, `us_bank_account`, … Unknown where only a card's facts are at hand. */
  type?: string | null;
  brand: string | null;
  last4: string | null;
  bankName?: string | null;
  /** Of a card: `apple_pay`, `google_pay`, `link`, … */
  wallet?: string | null;
}

/** How Stripe's brand codes are written on cards. */
const brandNames: Record<string, string> = {
  amex: 'American Express',
  cartes_bancaires: 'Cartes Bancaires',
  diners: 'Diners Club',
  discover: 'Discover',
  eftpos_au: 'Eftpos Australia',
  jcb: 'JCB',
  mastercard: 'Mastercard',
  unionpay: 'UnionPay',
  visa: 'Visa',
};

const walletNames: Record<string, string> = {
  amex_express_checkout: 'Amex Express Checkout',
  apple_pay: 'Apple Pay',
  google_pay: 'Google Pay',
  link: 'Link',
  masterpass: 'Masterpass',
  meta_pay: 'Meta Pay',
  samsung_pay: 'Samsung Pay',
  visa_checkout: 'Visa Checkout',
};

/** Methods that are their own wallet. */
const typeNames: Record<string, string> = {
  amazon_pay: 'Amazon Pay',
  cashapp: 'Cash App Pay',
  klarna: 'Klarna',
  link: 'Link',
  paypal: 'PayPal',
  revolut_pay: 'Revolut Pay',
};

/** What a bank account is called where Stripe does not name its bank in words. */
const accountNames: Record<string, () => string> = {
  acss_debit: m.common_method_bank_ca,
  au_becs_debit: m.common_method_bank_au,
  bacs_debit: m.common_method_bank_uk,
  sepa_debit: m.common_method_bank_sepa,
  us_bank_account: m.common_method_bank_us,
};

/**
 * `Visa ending in 4242`, `Apple Pay (Visa ending in 4242)`, `Test Bank account ending in 6789`; a
 * method without a number by its kind alone.
 */
export function nameMethod(method: NamedMethod): string {
  const { last4 } = method;
  const name = baseName(method);
  const numbered = last4 ? m.common_method_name({ brand: name, last4 }) : name;
  const wallet = own(walletNames, method.wallet);
  return wallet ? m.common_method_in_wallet({ wallet, method: numbered }) : numbered;
}

function baseName(method: NamedMethod): string {
  const account = own(accountNames, method.type)?.();
  // Of a SEPA account Stripe knows the bank's number only, which says nothing to its owner.
  const isNamed = method.type === 'us_bank_account' || method.type === 'acss_debit';
  if (account && isNamed && method.bankName) {
    return m.common_method_bank_named({ bank: method.bankName });
  }
  return (
    account ??
    own(brandNames, method.brand) ??
    own(typeNames, method.type) ??
    m.common_method_other()
  );
}

/** Words that come from Stripe are looked up among our own alone. */
function own<Value>(
  table: Record<string, Value>,
  key: string | null | undefined,
): Value | undefined {
  return key && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** What sort of thing a method is, for its picture and for what can be changed of it. */
export function kindOfMethod(method: {
  type: string;
  wallet: string | null;
}): 'card' | 'wallet' | 'bank' | 'other' {
  if (Object.hasOwn(accountNames, method.type)) return 'bank';
  if (method.type === 'card') return method.wallet === null ? 'card' : 'wallet';
  return Object.hasOwn(typeNames, method.type) ? 'wallet' : 'other';
}

/** `04/2030`, or null for what does not expire. */
export function expiryText(method: {
  expMonth: number | null;
  expYear: number | null;
}): string | null {
  if (method.expMonth === null || method.expYear === null) return null;
  return `${String(method.expMonth).padStart(2, '0')}/${String(method.expYear)}`;
}
