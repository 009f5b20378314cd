import { m } from '@onfile/messages/messages.js';
import type { RouterOutput } from '#lib/api-types.ts';

type State = RouterOutput['orders']['get']['state'];

/** How each state of an order is shown to the shopper. */
export const orderLooks: Record<
  State,
  { tone: 'neutral' | 'good' | 'warn' | 'danger'; text: () => string }
> = {
  to_pay: { tone: 'danger', text: m.storefront_order_state_to_pay },
  to_keep: { tone: 'warn', text: m.storefront_order_state_to_keep },
  kept: { tone: 'good', text: m.storefront_order_state_kept },
  processing: { tone: 'neutral', text: m.storefront_order_state_processing },
  held: { tone: 'neutral', text: m.storefront_order_state_held },
  booked: { tone: 'good', text: m.storefront_order_state_booked },
  paid: { tone: 'good', text: m.storefront_order_state_paid },
  canceled: { tone: 'neutral', text: m.storefront_order_state_canceled },
};
