const NAMES: Record<string, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
};

/** A card brand as people know it. */
export function brandName(brand: string): string {
  return NAMES[brand] ?? 'Card';
}

/** The same where there is little room. */
export function shortBrandName(brand: string): string {
  return brand === 'amex' ? 'Amex' : brandName(brand);
}
