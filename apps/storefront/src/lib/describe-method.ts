import { m } from '@onfile/messages/messages.js';

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

interface Method {
  type: string;
  brand: string | null;
  last4: string | null;
  expMonth: number | null;
  expYear: number | null;
}

/** `Visa ending in 4242`; a method without a number by its kind alone. */
export function methodName(method: Method): string {
  const brand = brandNames[method.brand ?? ''] ?? m.storefront_method_other();
  return method.last4 ? m.storefront_method_name({ brand, last4: method.last4 }) : brand;
}

/** `04/2030`, or null for what does not expire. */
export function methodExpiry(method: Method): string | null {
  if (method.expMonth === null || method.expYear === null) return null;
  return `${String(method.expMonth).padStart(2, '0')}/${method.expYear}`;
}
