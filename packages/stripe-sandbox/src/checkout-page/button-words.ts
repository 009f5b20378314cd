import type { CheckoutView } from '../checkout/checkout-view.ts';
import { formatAmount } from './format-amount.ts';
import { methodWords, savedThing } from './method-words.ts';

const VERBS: Record<string, string> = { book: 'Book', donate: 'Donate' };

/** What the button says while a method of this type is chosen. */
export function buttonWords(view: CheckoutView, type: string): string {
  if (view.mode === 'setup') {
    const { group, label } = methodWords(type);
    return group === 'redirect' ? `Continue with ${label}` : `Save ${savedThing(type)}`;
  }
  const verb = VERBS[view.submit_type ?? ''] ?? 'Pay';
  // A booking is not a sum: Stripe's button leaves the amount out, too.
  if (view.amount_total === null || view.currency === null || verb === 'Book') return verb;
  return `${verb} ${formatAmount(view.amount_total, view.currency)}`;
}
