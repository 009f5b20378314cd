import { m } from '@onfile/messages/messages.js';

const texts: Record<string, () => string> = {
  paid_never_above_owed: m.admin_doctor_paid_never_above_owed,
  one_success_per_payment: m.admin_doctor_one_success_per_payment,
  no_cap_is_exceeded: m.admin_doctor_no_cap_is_exceeded,
  refunded_never_above_paid: m.admin_doctor_refunded_never_above_paid,
  every_success_has_an_intent: m.admin_doctor_every_success_has_an_intent,
  every_attempt_has_an_outcome: m.admin_doctor_every_attempt_has_an_outcome,
  every_operation_is_finished: m.admin_doctor_every_operation_is_finished,
  every_debt_has_a_next_step: m.admin_doctor_every_debt_has_a_next_step,
  no_charge_is_overdue: m.admin_doctor_no_charge_is_overdue,
  no_stale_lease: m.admin_doctor_no_stale_lease,
};

/** What an invariant demands, as a sentence; one without words by its name. */
export function invariantText(name: string): string {
  return texts[name]?.() ?? name.replaceAll('_', ' ');
}
