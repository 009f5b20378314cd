import { invalidRequest } from '../errors.ts';
import { isRedirectType, takesCurrency } from '../method-kinds.ts';
import type { Mode } from './validate-session.ts';

/** In the order a checkout form offers them. */
const TYPES = [
  'card',
  'sepa_debit',
  'au_becs_debit',
  'us_bank_account',
  'ideal',
  'bancontact',
  'eps',
  'p24',
  'alipay',
] as const;

/** These pay once and cannot be kept for later. */
const NEVER_SAVED: ReadonlySet<string> = new Set(['alipay', 'eps', 'p24']);

type Offer = {
  mode: Mode;
  /** Null in setup mode without a currency: then any currency will do. */
  currency: string | null;
  /** `allowed_payment_method_types`, or an older client's `payment_method_types`. */
  allowed: readonly string[] | null;
  excluded: readonly string[];
  /** False for `redirect_on_completion=never`: nobody may be led away. */
  redirects: boolean;
  /** `setup_future_usage`: what cannot be saved is not offered. */
  saving: boolean;
  /** `capture_method=manual`: what cannot be held is not offered. */
  holding: boolean;
};

/** The types a Session offers: all that fit its mode and currency, filtered (stripe.md 1.4). */
export function offeredTypes(offer: Offer): string[] {
  const kept = offer.mode === 'setup' || offer.saving;
  const offered = TYPES.filter(
    (type) =>
      (offer.currency === null || takesCurrency(type, offer.currency)) &&
      (offer.redirects || !isRedirectType(type)) &&
      (!kept || !NEVER_SAVED.has(type)) &&
      (!offer.holding || type === 'card') &&
      (offer.allowed === null || offer.allowed.includes(type)) &&
      !offer.excluded.includes(type),
  );
  if (offered.length > 0) return offered;
  throw invalidRequest(
    'No valid payment method types for this Checkout Session. Please ensure that you have activated payment methods compatible with your chosen currency in your dashboard (https://dashboard.stripe.com/settings/payment_methods).',
    {
      param:
        offer.allowed === null ? 'excluded_payment_method_types' : 'allowed_payment_method_types',
    },
  );
}
