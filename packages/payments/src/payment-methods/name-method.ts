import { m } from '@onfile/messages/messages.js';

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

/** `Visa ending in 4242`; a method without a number by its kind alone. */
export function nameMethod(method: { brand: string | null; last4: string | null }): string {
  const brand = brandNames[method.brand ?? ''] ?? m.common_method_other();
  return method.last4 ? m.common_method_name({ brand, last4: method.last4 }) : brand;
}

/** `04/2030`, or null for what does not expire. */
export function expiryText(method: {
  expMonth: number | null;
  expYear: number | null;
}): string | null {
  if (method.expMonth === null || method.expYear === null) return null;
  return `${String(method.expMonth).padStart(2, '0')}/${String(method.expYear)}`;
}
