import type { SavedMethodView } from '@onfile/db/views/saved-methods.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { expiryText, nameMethod } from '@onfile/payments/payment-methods/name-method.ts';

/** A saved method as both apps show it. */
export function showSavedMethod(method: SavedMethodView) {
  return {
    id: method.id,
    type: method.type,
    name: nameMethod(method),
    expiryText: expiryText(method),
    addedAt: method.addedAt,
    status: method.status,
    agreements: method.agreements.map((agreement) => ({
      id: agreement.id,
      purpose: agreement.purpose,
      status: agreement.status,
      acceptedAt: agreement.acceptedAt,
      capAmountMinor: agreement.capAmountMinor,
      capText: formatAmount(agreement.capAmountMinor, agreement.currency),
    })),
  };
}
