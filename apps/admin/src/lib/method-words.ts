import { m } from '@onfile/messages/messages.js';
import type { SavedMethod } from './api-types.ts';

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

/** `Visa •••• 4242`; a method without a number by its kind alone. */
export function methodName(method: SavedMethod): string {
  const brand = brandNames[method.brand ?? ''] ?? m.admin_method_unknown();
  return method.last4 ? `${brand} •••• ${method.last4}` : brand;
}

/** When it stops working; null for what does not expire. */
export function methodExpiry(method: SavedMethod): string | null {
  if (method.expMonth === null || method.expYear === null) return null;
  const month = String(method.expMonth).padStart(2, '0');
  return m.admin_method_expires({ month, year: method.expYear });
}
