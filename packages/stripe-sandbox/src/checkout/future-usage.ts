import { ownerIdOf } from '../owner.ts';
import type { Row } from '../stored-objects.ts';

/**
 * What `setup_future_usage` means for a type: that of `payment_method_options` goes before that of
 * `payment_intent_data`, and its `none` unsets it.
 */
export function usageFor(
  { hidden }: Row<'checkout.session'>,
  type: string,
): 'on_session' | 'off_session' | null {
  const own = hidden.payment.usageByType[type];
  if (own === 'none') return null;
  return own ?? hidden.payment.setupFutureUsage;
}

/** Whether a ticked save box saves: there must be one, and somebody to save for (stripe.md 2.5). */
export function boxSaves({ object }: Row<'checkout.session'>, ticked: boolean): boolean {
  const box = object.saved_payment_method_options?.payment_method_save === 'enabled';
  const somebody = ownerIdOf(object) !== null || object.customer_creation === 'always';
  return ticked && box && somebody;
}
