import type { MethodChoice, SavedMethodView } from '@onfile/db/views/saved-methods.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { expiresBefore, expiryState } from '@onfile/payments/payment-methods/expiry-state.ts';
import {
  expiryText,
  kindOfMethod,
  nameMethod,
} from '@onfile/payments/payment-methods/name-method.ts';
import type { BillingAddress } from '@onfile/payments/payment-methods/update-payment-method.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { showSavedMethod } from '../../show-saved-method.ts';

/** A method as its owner sees it in the wallet. */
export function showWalletMethod(
  method: SavedMethodView,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
) {
  const { timeZone } = runtime.settings;
  const now = runtime.clock.now();
  const shown = showSavedMethod(method);
  return {
    ...shown,
    agreements: shown.agreements.filter(({ status }) => status === 'active'),
    kind: kindOfMethod(method),
    nickname: method.nickname,
    isDefault: method.isDefault,
    expiry:
      method.expMonth === null || method.expYear === null
        ? null
        : { month: method.expMonth, year: method.expYear },
    expiryState: expiryState(method, now, timeZone),
    bankUpdatedAt: method.bankUpdatedAt,
    isMandateEnded: method.mandateStatus === 'inactive',
    isOfferedAtCheckout: method.allowRedisplay === 'always',
    billing: billingOf(method.billingDetails),
    waiting: method.waiting.map((payment) => ({
      id: payment.id,
      kind: payment.kind,
      amountText: formatAmount(payment.amountMinor, payment.currency),
      reason: payment.reason,
      orderNumber: payment.orderNumber,
      dueAt: payment.dueAt,
      isOverdue: payment.dueAt < now,
      isAfterExpiry: expiresBefore(method, payment.dueAt, timeZone),
    })),
  };
}

/** A method among others to choose from. */
export function showMethodChoice(
  method: MethodChoice,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
) {
  return {
    id: method.id,
    name: nameMethod(method),
    nickname: method.nickname,
    expiryText: expiryText(method),
    expiryState: expiryState(method, runtime.clock.now(), runtime.settings.timeZone),
  };
}

interface StripeBilling {
  name?: string | null;
  address?: Partial<Record<string, string | null>> | null;
}

/** Stripe's billing details as the form has them; what is not known is an empty text. */
function billingOf(billingDetails: string | null): BillingAddress {
  const stored = (billingDetails ? JSON.parse(billingDetails) : {}) as StripeBilling;
  const address = stored.address ?? {};
  return {
    name: stored.name ?? '',
    line1: address['line1'] ?? '',
    line2: address['line2'] ?? '',
    city: address['city'] ?? '',
    state: address['state'] ?? '',
    postalCode: address['postal_code'] ?? '',
    country: address['country'] ?? '',
  };
}
