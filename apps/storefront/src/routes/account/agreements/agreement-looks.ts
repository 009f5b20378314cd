import { m } from '@onfile/messages/messages.js';
import type { PageProps } from './$types';

type Agreement = PageProps['data']['agreements'][number];

/** How each state of an agreement is shown. */
export const stateLooks: Record<
  Agreement['state'],
  { tone: 'neutral' | 'good' | 'warn'; text: () => string }
> = {
  pending: { tone: 'warn', text: m.storefront_agreement_state_pending },
  active: { tone: 'good', text: m.storefront_agreement_state_active },
  ended: { tone: 'neutral', text: m.storefront_agreement_state_ended },
  withdrawn: { tone: 'neutral', text: m.storefront_agreement_state_withdrawn },
};

const purposes: Partial<Record<string, () => string>> = {
  balances_and_fees: m.storefront_purpose_balances_and_fees,
  balances: m.storefront_purpose_balances,
  fees: m.storefront_purpose_fees,
  show_again: m.storefront_purpose_show_again,
};

/** What an agreement is for; one that this page does not know yet by its own word. */
export function purposeName(purpose: string): string {
  return purposes[purpose]?.() ?? purpose.replaceAll('_', ' ');
}

/** How a method came to be named in an agreement. */
export const addedByWords: Record<
  Agreement['methods'][number]['addedBy'],
  (said: { date: string }) => string
> = {
  setup: m.storefront_agreement_method_setup,
  shopper: m.storefront_agreement_method_shopper,
  merge: m.storefront_agreement_method_merge,
};
