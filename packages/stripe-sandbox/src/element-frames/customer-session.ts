import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { refusal, resourceMissing } from '../errors.ts';
import { getByPath } from '../get-object.ts';
import { ownerIdOf } from '../owner.ts';
import { requiredText } from '../params.ts';
import type { Params } from '../params.ts';
import { detach } from '../resources/attach-payment-method.ts';
import { findCustomerSession } from '../resources/customer-sessions.ts';
import type { ElementsSession } from './elements-session.ts';

type Features = Stripe.CustomerSession.Components.PaymentElement.Features;
type Redisplayed = { cards: ElementsSession['saved_payment_methods']; features: Features | null };

function featuresOf(session: { components?: Stripe.CustomerSession.Components }): Features | null {
  const element = session.components?.payment_element;
  return element?.enabled === true ? element.features : null;
}

/** The cards that the Payment Element may show of a customer session, newest first. */
export function listRedisplayed(account: Account, secret: string): Redisplayed {
  const session = findCustomerSession(account, secret);
  const features = featuresOf(session);
  const owner = ownerIdOf(session);
  if (features?.payment_method_redisplay !== 'enabled' || owner === null) {
    return { cards: [], features };
  }
  const filters: readonly string[] = features.payment_method_allow_redisplay_filters;
  const { rows } = account.ctx.store.page(account.id, 'payment_method', {
    customer: owner,
    limit: features.payment_method_redisplay_limit ?? 3,
    matches: ({ object }) =>
      object.card !== undefined && filters.includes(object.allow_redisplay ?? 'unspecified'),
  });
  const cards = rows.flatMap(({ object: { id, card } }) => {
    if (card === undefined) return [];
    const { brand, last4, exp_month, exp_year } = card;
    return [{ id, brand, last4, exp_month, exp_year }];
  });
  return { cards, features };
}

/** A shopper removes a saved card in the Payment Element, where the customer session allows it. */
export function removeRedisplayed(account: Account, id: string, params: Params): object {
  const session = findCustomerSession(
    account,
    requiredText(params, 'customer_session_client_secret'),
  );
  if (featuresOf(session)?.payment_method_remove !== 'enabled') {
    throw refusal(403, 'This customer session does not allow payment methods to be removed.');
  }
  const method = getByPath(account, 'payment_method', id);
  if (ownerIdOf(method.object) !== ownerIdOf(session)) {
    throw resourceMissing('PaymentMethod', id, 'payment_method', 'path');
  }
  return { id: detach(account, method).id, removed: true };
}
