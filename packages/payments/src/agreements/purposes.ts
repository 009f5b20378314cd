import type { PaymentKind } from '@onfile/db/database.ts';

/**
 * What an agreement may be for, as a closed list, and which payments each lets the shop charge while
 * the shopper is away. Nothing charges a method for a purpose that its shopper did not agree to.
 */
const covered = {
  /** Balances that fall due, and fees. */
  balances_and_fees: ['full', 'deposit', 'balance', 'fee', 'hold'],
  /** The rest of an order, on its day. */
  balances: ['deposit', 'balance'],
  /** No-show, late cancellation, damage. */
  fees: ['fee', 'hold'],
  /** Shown again at checkout, where the shopper pays in person. */
  show_again: [],
} as const satisfies Record<string, readonly PaymentKind[]>;

export type Purpose = keyof typeof covered;

export const purposes = Object.keys(covered) as Purpose[];

/** Whether an agreement for `purpose` lets the shop charge a payment of this kind. */
export function purposeCovers(purpose: string, kind: PaymentKind): boolean {
  if (!Object.hasOwn(covered, purpose)) return false;
  const kinds: readonly PaymentKind[] = covered[purpose as Purpose];
  return kinds.includes(kind);
}
