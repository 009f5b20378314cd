import type { StripeMode } from '@onfile/db/database.ts';

/** What tells one environment from another: live keys also by where shoppers reach the shop. */
export interface Place {
  mode: StripeMode;
  account: string;
  origin: string | null;
}

/**
 * How the keys of this process stand to its database. Only with `own` is anything written to Stripe.
 * - `unverified`: nobody could say yet which account the keys are of
 * - `foreign`: the database belongs to another account, mode or address: it is a copy, or it has moved;
 *   `isCopy` once a person has said that it is one
 */
export type Standing =
  | { kind: 'own'; account: string | null }
  | { kind: 'unverified'; why: 'not_asked' | 'stripe_away' | 'key_may_not_ask' }
  | { kind: 'foreign'; recorded: Place; given: Place; isCopy: boolean };

/** A place as one text, to remember of which one a person spoke. */
export function nameOfPlace({ mode, account, origin }: Place): string {
  return [mode, account, ...(origin ? [origin] : [])].join(' ');
}
