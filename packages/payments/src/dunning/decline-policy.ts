import {
  declineTable,
  networkAdvice,
  sensitiveCodes,
  stripeAdvice,
  waitOfCode,
} from './decline-table.ts';
import type { DeclineKind } from './decline-table.ts';

/** What a bank, or Stripe, said no with; each null where nothing was said. */
export interface Declined {
  code: string | null;
  declineCode: string | null;
  /** Stripe's own advice, made from the network's. */
  adviceCode: string | null;
  /** The network's: two digits. */
  networkAdviceCode: string | null;
  /** Stripe's type of the method: `card`, `sepa_debit`, …; null counts as a card. */
  paymentMethodType: string | null;
}

export interface DeclineDecision {
  kind: DeclineKind;
  /** Why, by the most telling code that came: for the words that staff and shoppers read. */
  reason: string;
  /** Whether the reason is staff's alone: shoppers read a neutral sentence. */
  isSensitive: boolean;
  /** How long to wait at least before a further try, in ms; null where nobody asks for a wait. */
  waitAtLeastMs: number | null;
}

/** From the mildest on: of two that advise, the stricter is obeyed. */
const byStrictness: readonly DeclineKind[] = ['later', 'another_method', 'never_with_this_method'];

/**
 * What follows from a decline.
 * - A bank that wants to see its customer is never answered by waiting, nor by giving the card up.
 * - A card that the table bars stays barred.
 * - Else advice goes before the table, so that a plain `generic_decline` may be tried again when Stripe
 *   or the network says so; where they differ, the stricter one is obeyed.
 * - Bank debits know no advice to try again: only missing funds are asked for once more.
 * - An unlisted code counts as `another_method`: the shopper is asked, no bank is tried on a guess,
 *   and what it means is kept from shoppers.
 */
export function decideAfterDecline(declined: Declined): DeclineDecision {
  const { code, declineCode } = declined;
  const reason = declineCode ?? code ?? 'unknown';
  const byTable = lookUp(declineTable, declineCode) ?? lookUp(declineTable, code);
  const kind = kindOf(declined, byTable ?? 'another_method');
  return {
    kind,
    reason,
    isSensitive:
      !Object.hasOwn(declineTable, reason) ||
      sensitiveCodes.has(reason) ||
      sensitiveCodes.has(code ?? ''),
    waitAtLeastMs: kind === 'later' ? waitOf(declined) : null,
  };
}

function kindOf(declined: Declined, byTable: DeclineKind): DeclineKind {
  if (byTable === 'authenticate' || byTable === 'never_with_this_method') return byTable;
  const advised = strictest([
    lookUp(stripeAdvice, declined.adviceCode),
    lookUp(networkAdvice, declined.networkAdviceCode)?.kind,
  ]);
  if (isCard(declined)) return advised ?? byTable;
  const isFunds =
    declined.declineCode === 'insufficient_funds' || declined.code === 'insufficient_funds';
  return strictest([isFunds ? 'later' : 'another_method', advised]) ?? 'another_method';
}

function isCard({ paymentMethodType }: Declined): boolean {
  return paymentMethodType === null || paymentMethodType === 'card';
}

function strictest(kinds: (DeclineKind | undefined)[]): DeclineKind | undefined {
  return byStrictness.findLast((kind) => kinds.includes(kind));
}

function waitOf({ code, declineCode, networkAdviceCode }: Declined): number | null {
  const waits = [
    lookUp(waitOfCode, declineCode),
    lookUp(waitOfCode, code),
    lookUp(networkAdvice, networkAdviceCode)?.waitMs,
  ].filter((wait) => typeof wait === 'number');
  return waits.length > 0 ? Math.max(...waits) : null;
}

/** A row by its code; what comes from outside may be called like anything, `__proto__` too. */
function lookUp<T>(table: Readonly<Record<string, T>>, code: string | null): T | undefined {
  return code !== null && Object.hasOwn(table, code) ? table[code] : undefined;
}
