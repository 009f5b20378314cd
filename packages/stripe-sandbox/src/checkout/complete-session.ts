import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { save } from '../get-object.ts';
import { idOf } from '../ids.ts';
import { keepOnCustomer } from '../resources/attach-payment-method.ts';
import { createCustomer } from '../resources/customers.ts';
import type { Row } from '../stored-objects.ts';

/** Closes a session whose intent has gone through. Event: checkout.session.completed. */
export function completeSession(
  account: Account,
  row: Row<'checkout.session'>,
  intent: Row<'setup_intent'> | Row<'payment_intent'>,
): Stripe.Checkout.Session {
  const { object } = row;
  const { store } = account.ctx;
  const methodId = idOf(intent.object.payment_method) ?? '';
  const method = store.find(account.id, 'payment_method', methodId);
  if (method === undefined) throw new Error('A finished intent needs its payment method.');
  const details = method.object.billing_details;
  if (object.customer === null && object.customer_creation === 'always') {
    makeCustomer(account, row, intent, method);
  }
  const customerId = idOf(object.customer);
  const customer =
    customerId === null ? undefined : store.find(account.id, 'customer', customerId)?.object;
  object.customer_details = {
    address: object.mode === 'setup' ? null : details.address,
    business_name: null,
    email: details.email ?? customer?.email ?? object.customer_email,
    individual_name: null,
    name: details.name,
    phone: null,
    tax_exempt: 'none',
    tax_ids: object.mode === 'setup' ? null : [],
  };
  if (object.consent_collection?.terms_of_service === 'required') {
    object.consent = { promotions: null, terms_of_service: 'accepted' };
  }
  object.status = 'complete';
  object.url = null;
  object.client_secret = null;
  if (intent.object.object === 'payment_intent') {
    object.payment_intent = intent.object.id;
    object.payment_status = intent.object.status === 'succeeded' ? 'paid' : 'unpaid';
  }
  save(account, 'checkout.session', row);
  emitEvent(account, 'checkout.session.completed', object);
  return object;
}

/** `customer_creation=always`: the customer comes with what the shopper typed. */
function makeCustomer(
  account: Account,
  row: Row<'checkout.session'>,
  intent: Row<'setup_intent'> | Row<'payment_intent'>,
  method: Row<'payment_method'>,
): void {
  const { email, name } = method.object.billing_details;
  const typed = { email: email ?? row.object.customer_email ?? '', name: name ?? '' };
  const customer = createCustomer(account, { values: typed, at: '' });
  row.object.customer = customer.id;
  intent.object.customer = customer.id;
  if (intent.object.object === 'setup_intent') {
    save(account, 'setup_intent', { object: intent.object, hidden: { sessionId: row.object.id } });
    keepOnCustomer(account, method, customer.id);
    return;
  }
  const stored = account.ctx.store.find(account.id, 'payment_intent', intent.object.id);
  if (stored === undefined) return;
  save(account, 'payment_intent', { object: intent.object, hidden: stored.hidden });
  if (stored.hidden.saveToCustomer || intent.object.setup_future_usage !== null) {
    keepOnCustomer(account, method, customer.id);
  }
}
