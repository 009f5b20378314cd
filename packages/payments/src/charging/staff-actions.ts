import type { Instant, Row } from '@onfile/db/database.ts';
import { mayChargeAhead } from './charge-payment.ts';

/** What staff can decide about an amount that is owed. */
export type StaffAction =
  'charge_now' | 'reschedule' | 'change_amount' | 'pause' | 'resume' | 'skip' | 'write_off';

/**
 * The decisions that are open to staff now, for the page that offers them. Each of them checks for itself
 * once more: what the page has shown may have changed.
 */
export function staffActionsOn(payment: Row<'payments'>, now: Instant): StaffAction[] {
  const { status, nextStep, pausedAt, dueAt } = payment;
  if (status === 'uncollectible') return ['skip'];
  const isIdle = status === 'scheduled' || status === 'requires_payment_method';
  // Owed and nobody's turn: an attempt is open.
  const isOwed = (isIdle || status === 'requires_action') && nextStep !== null;
  if (!isOwed) return [];
  const isPaused = pausedAt !== null;
  // What its shopper has to pay while present is nobody else's to plan.
  const isOurs = isIdle && payment.agreementId !== null;
  const actions: [StaffAction, boolean][] = [
    ['charge_now', isOurs && !isPaused && mayChargeAhead(payment)],
    ['reschedule', isOurs && (isPaused || nextStep === 'charge')],
    ['change_amount', isOurs && dueAt > now],
    ['pause', isOurs && !isPaused],
    ['resume', isPaused],
    ['skip', true],
    ['write_off', dueAt <= now],
  ];
  return actions.filter(([, isOpen]) => isOpen).map(([action]) => action);
}
