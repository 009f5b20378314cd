import type { SavedMethodView } from '@onfile/db/views/saved-methods.ts';
import { formatAmount } from '@onfile/payments/money.ts';

/** A saved method as both apps show it. */
export function showSavedMethod(method: SavedMethodView) {
  return {
    ...method,
    agreements: method.agreements.map((agreement) => ({
      id: agreement.id,
      purpose: agreement.purpose,
      acceptedAt: agreement.acceptedAt,
      capAmountMinor: agreement.capAmountMinor,
      capText: formatAmount(agreement.capAmountMinor, agreement.currency),
    })),
  };
}

export type SavedMethod = ReturnType<typeof showSavedMethod>;
