import type { CheckoutView } from '../checkout/checkout-view.ts';

/** How a payment method is paid with: its own form here, or a page of somebody else's. */
type MethodGroup = 'card' | 'debit' | 'redirect';

type MethodWords = { label: string; group: MethodGroup; icon: string };

const METHODS: Record<string, MethodWords> = {
  card: { label: 'Card', group: 'card', icon: 'card' },
  sepa_debit: { label: 'SEPA Direct Debit', group: 'debit', icon: 'sepa' },
  au_becs_debit: { label: 'BECS Direct Debit', group: 'debit', icon: 'bank' },
  us_bank_account: { label: 'US bank account', group: 'debit', icon: 'bank' },
  ideal: { label: 'iDEAL', group: 'redirect', icon: 'ideal' },
  bancontact: { label: 'Bancontact', group: 'redirect', icon: 'bancontact' },
  eps: { label: 'EPS', group: 'redirect', icon: 'eps' },
  p24: { label: 'Przelewy24', group: 'redirect', icon: 'p24' },
  alipay: { label: 'Alipay', group: 'redirect', icon: 'alipay' },
};

/** Name, kind and icon of a payment method type; a type without a form here is a redirect. */
export function methodWords(type: string): MethodWords {
  const spaced = type.replaceAll('_', ' ');
  const label = spaced.charAt(0).toUpperCase() + spaced.slice(1);
  return METHODS[type] ?? { label, group: 'redirect', icon: 'bank' };
}

/** "your card", "your bank account", "your iDEAL account": what a saved method of this type is. */
export function savedThing(type: string): string {
  const { group, label } = methodWords(type);
  if (group === 'card') return 'card';
  return group === 'debit' ? 'bank account' : `${label} account`;
}

/** Whether the merchant keeps the method for later: the page then says so (stripe.md 2.6). */
export function isKept(view: CheckoutView): boolean {
  return view.mode === 'setup' || view.setup_future_usage !== null;
}
