import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { getByPath, save } from '../get-object.ts';
import { idOf } from '../ids.ts';
import type { Row } from '../stored-objects.ts';
import { fixedEmail } from './fixed-email.ts';
import { isSetup } from './intent-row.ts';
import type { IntentRow } from './intent-row.ts';
import { updateSessionCustomer } from './update-session-customer.ts';

const NOBODY = { address: null, email: null, name: null, phone: null };
type Typed = Pick<Stripe.PaymentMethod.BillingDetails, 'address' | 'email' | 'name' | 'phone'>;

/**
 * Closes a session whose intent has gone through, or needs nothing more from the page; `intent` is null
 * where there was nothing to pay with. Event: checkout.session.completed.
 */
export function completeSession(
  account: Account,
  row: Row<'checkout.session'>,
  intent: IntentRow | null,
  typed: Partial<Typed> = {},
): void {
  const { object } = row;
  const methodId = idOf(intent?.object.payment_method);
  const method = methodId === null ? null : getByPath(account, 'payment_method', methodId).object;
  const details: Typed = method?.billing_details ?? { ...NOBODY, ...typed };
  const email = fixedEmail(account, object) ?? details.email;
  updateSessionCustomer(account, row, { ...details, email });
  object.customer_details = {
    address: object.mode === 'setup' ? null : details.address,
    business_name: null,
    email,
    individual_name: null,
    name: details.name,
    phone: details.phone,
    tax_exempt: 'none',
    tax_ids: object.mode === 'setup' ? null : [],
  };
  if (object.consent_collection?.terms_of_service === 'required') {
    object.consent = { promotions: null, terms_of_service: 'accepted' };
  }
  object.status = 'complete';
  object.url = null;
  object.client_secret = null;
  if (intent !== null && !isSetup(intent)) {
    object.payment_intent = intent.object.id;
    object.payment_status = intent.object.status === 'succeeded' ? 'paid' : 'unpaid';
  }
  save(account, 'checkout.session', row);
  emitEvent(account, 'checkout.session.completed', object);
}
