import { m } from '@onfile/messages/messages.js';
import type { Order } from '#lib/api-types.ts';

/** How staff are told where an order stands. */
export const orderStateWords: Record<
  Order['state'],
  { tone: 'neutral' | 'good' | 'warn' | 'danger'; text: () => string }
> = {
  to_pay: { tone: 'neutral', text: m.admin_order_state_to_pay },
  to_keep: { tone: 'neutral', text: m.admin_order_state_to_keep },
  kept: { tone: 'good', text: m.admin_order_state_kept },
  processing: { tone: 'neutral', text: m.admin_order_state_processing },
  held: { tone: 'warn', text: m.admin_order_state_held },
  booked: { tone: 'good', text: m.admin_order_state_booked },
  paid: { tone: 'good', text: m.admin_order_state_paid },
  canceled: { tone: 'neutral', text: m.admin_order_state_canceled },
};
