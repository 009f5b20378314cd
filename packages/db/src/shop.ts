/** The catalogue and what was ordered from it. The same conventions as in `database.ts`. */
import type { Flag, Instant } from './database.ts';

export interface ProductsTable {
  id: string;
  slug: string;
  name: string;
  description: string;
  currency: string;
  amountMinor: number;
  /** JSON of a `PaymentPlan`: what is owed, and when. */
  plan: string;
  /** A Price made at Stripe beforehand; null: sold by an inline price. */
  stripePriceId: string | null;
  isActive: Flag;
  position: number;
}

/** `open`: something is owed, or will be. */
export type OrderStatus = 'open' | 'paid' | 'canceled';

export interface OrdersTable {
  id: string;
  /** What people call it, and what a guest proves it with. */
  number: string;
  customerId: string;
  agreementId: string | null;
  status: OrderStatus;
  currency: string;
  totalMinor: number;
  /** JSON of the `PaymentPlan` it was placed under. */
  plan: string;
  /** What the plan counts from: the appointment, the arrival, the delivery. */
  eventAt: Instant | null;
  placedAt: Instant;
  updatedAt: Instant;
}

export interface OrderItemsTable {
  orderId: string;
  position: number;
  productId: string;
  description: string;
  quantity: number;
  unitAmountMinor: number;
  stripePriceId: string | null;
}
