import type { Account } from '../context.ts';
import { save } from '../get-object.ts';
import { createCustomer } from '../resources/customers.ts';
import type { Row } from '../stored-objects.ts';
import { saveIntent } from './intent-row.ts';
import type { IntentRow } from './intent-row.ts';

/**
 * `customer_creation=always`: a Customer with what the shopper typed, as the owner of the session and of
 * its intent. Event: customer.created.
 */
export function makeSessionCustomer(
  account: Account,
  session: Row<'checkout.session'>,
  intent: IntentRow,
  method: Row<'payment_method'>,
): void {
  const { email, name } = method.object.billing_details;
  const typed = session.object.customer_email ?? email ?? '';
  const customer = createCustomer(account, { values: { email: typed, name: name ?? '' }, at: '' });
  session.object.customer = customer.id;
  save(account, 'checkout.session', session);
  intent.object.customer = customer.id;
  saveIntent(account, intent);
}
