import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { save } from '../get-object.ts';
import type { Row } from '../stored-objects.ts';
import { offerRecovery } from './recover-session.ts';

/** Ends an open session without payment: no page, no secret, and its open intent is canceled. */
export function expireSession(
  account: Account,
  row: Row<'checkout.session'>,
): Stripe.Checkout.Session {
  const { object } = row;
  object.status = 'expired';
  object.url = null;
  object.client_secret = null;
  offerRecovery(account, row);
  save(account, 'checkout.session', row);
  cancelOpenIntents(account, object);
  emitEvent(account, 'checkout.session.expired', object);
  return object;
}

function cancelOpenIntents(account: Account, session: Stripe.Checkout.Session): void {
  const { store, clock } = account.ctx;
  if (typeof session.setup_intent === 'string') {
    const intent = store.find(account.id, 'setup_intent', session.setup_intent);
    if (intent !== undefined && intent.object.status !== 'succeeded') {
      intent.object.status = 'canceled';
      intent.object.cancellation_reason = 'abandoned';
      intent.object.next_action = null;
      save(account, 'setup_intent', intent);
      emitEvent(account, 'setup_intent.canceled', intent.object);
    }
  }
  if (typeof session.payment_intent === 'string') {
    const intent = store.find(account.id, 'payment_intent', session.payment_intent);
    if (intent !== undefined && intent.object.status.startsWith('requires_')) {
      intent.object.status = 'canceled';
      intent.object.canceled_at = clock.seconds();
      intent.object.cancellation_reason = 'automatic';
      intent.object.next_action = null;
      save(account, 'payment_intent', intent);
      emitEvent(account, 'payment_intent.canceled', intent.object);
    }
  }
}
