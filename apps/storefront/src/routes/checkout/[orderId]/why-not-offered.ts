import { m } from '@onfile/messages/messages.js';
import type { PageProps } from './$types';

/** Why a card that is on file is, or is not, among those to choose from. */
export function whyNotOffered({ order, savedCards }: PageProps['data']['checkout']): string[] {
  if (savedCards.length === 0 || order.state !== 'to_pay') return [];
  const lines = savedCards
    .filter((card) => !card.isOffered)
    .map((card) => m.storefront_checkout_not_offered({ method: card.name }));
  const isSomeOffered = savedCards.some((card) => card.isOffered);
  return isSomeOffered ? [m.storefront_checkout_offered(), ...lines] : lines;
}
