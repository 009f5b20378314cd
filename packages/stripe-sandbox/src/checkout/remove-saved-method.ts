import type { Account } from '../context.ts';
import { refusedByState, resourceMissing } from '../errors.ts';
import { detach } from '../resources/attach-payment-method.ts';
import type { Row } from '../stored-objects.ts';
import { offeredMethods } from './offered-methods.ts';
import { requireOpen } from './require-open.ts';

/**
 * The shopper takes a saved card off the page, and so off the customer: for good. Only where the session
 * allows it, and only what its page shows. Event: payment_method.detached.
 */
export function removeSavedMethod(
  account: Account,
  session: Row<'checkout.session'>,
  methodId: string,
): void {
  requireOpen(session.object);
  if (session.object.saved_payment_method_options?.payment_method_remove !== 'enabled') {
    throw refusedByState('This Checkout Session does not let customers remove payment methods.', {
      param: 'payment_method',
    });
  }
  const shown = offeredMethods(account, session.object).find(
    ({ object }) => object.id === methodId,
  );
  if (shown === undefined) {
    throw resourceMissing('PaymentMethod', methodId, 'payment_method', 'body');
  }
  detach(account, shown);
}
