import type Stripe from 'stripe';
import { invalidRequest } from '../errors.ts';
import { flag, hash, integer, oneOf, texts } from '../params.ts';
import type { Params } from '../params.ts';

type Components = Stripe.CustomerSession.Components;
const TOGGLE = ['enabled', 'disabled'] as const;

/** `components` with every default filled in. Throws 400 when none of them is enabled. */
export function readComponents(params: Params): Components {
  const given = hash(params, 'components') ?? { values: {}, at: 'components' };
  const plain = (name: keyof Components): { enabled: boolean } => ({
    enabled: isEnabled(hash(given, name)),
  });
  const components: Components = {
    active_entitlements: plain('active_entitlements'),
    buy_button: plain('buy_button'),
    customer_portal: plain('customer_portal'),
    customer_sheet: {
      ...plain('customer_sheet'),
      features: customerSheet(hash(given, 'customer_sheet')),
    },
    mobile_payment_element: {
      ...plain('mobile_payment_element'),
      features: mobileElement(hash(given, 'mobile_payment_element')),
    },
    payment_element: {
      ...plain('payment_element'),
      features: paymentElement(hash(given, 'payment_element')),
    },
    pricing_table: plain('pricing_table'),
  };
  if (Object.values(components).some(({ enabled }) => enabled)) return components;
  throw invalidRequest('You must enable at least one component.', { param: 'components' });
}

function isEnabled(component: Params | undefined): boolean {
  return component !== undefined && flag(component, 'enabled') === true;
}

/** The features of a component; none for one that is off, and for one that is on their defaults. */
function featuresOf(component: Params | undefined): Params | undefined {
  if (component === undefined || !isEnabled(component)) return undefined;
  return hash(component, 'features') ?? { values: {}, at: `${component.at}[features]` };
}

const filtersOf = (features: Params): string[] =>
  texts(features, 'payment_method_allow_redisplay_filters') ?? ['always'];
const toggleOf = (features: Params, name: string): 'enabled' | 'disabled' =>
  oneOf(features, name, TOGGLE) ?? 'disabled';

function customerSheet(
  component: Params | undefined,
): Stripe.CustomerSession.Components.CustomerSheet.Features | null {
  const features = featuresOf(component);
  if (features === undefined) return null;
  return {
    payment_method_allow_redisplay_filters: filtersOf(features),
    payment_method_remove: toggleOf(features, 'payment_method_remove'),
  };
}

function mobileElement(
  component: Params | undefined,
): Stripe.CustomerSession.Components.MobilePaymentElement.Features | null {
  const features = featuresOf(component);
  if (features === undefined) return null;
  return {
    payment_method_allow_redisplay_filters: filtersOf(features),
    payment_method_redisplay: toggleOf(features, 'payment_method_redisplay'),
    payment_method_remove: toggleOf(features, 'payment_method_remove'),
    payment_method_save: toggleOf(features, 'payment_method_save'),
    payment_method_save_allow_redisplay_override:
      oneOf(features, 'payment_method_save_allow_redisplay_override', [
        'always',
        'limited',
        'unspecified',
      ]) ?? null,
  };
}

function paymentElement(
  component: Params | undefined,
): Stripe.CustomerSession.Components.PaymentElement.Features | null {
  const features = featuresOf(component);
  if (features === undefined) return null;
  const redisplay = toggleOf(features, 'payment_method_redisplay');
  const limit = integer(features, 'payment_method_redisplay_limit');
  if (limit !== undefined && (limit < 1 || limit > 10)) {
    throw invalidRequest('The redisplay limit must be between 1 and 10.', {
      param: `${features.at}[payment_method_redisplay_limit]`,
    });
  }
  return {
    payment_method_allow_redisplay_filters: filtersOf(features),
    payment_method_redisplay: redisplay,
    payment_method_redisplay_limit: redisplay === 'enabled' ? (limit ?? 3) : null,
    payment_method_remove: toggleOf(features, 'payment_method_remove'),
    payment_method_save: toggleOf(features, 'payment_method_save'),
    payment_method_save_usage:
      oneOf(features, 'payment_method_save_usage', ['off_session', 'on_session']) ?? null,
  };
}
