import { m } from '@onfile/messages/messages.js';
import type { MailLine } from '#lib/api-types.ts';

const kinds: Partial<Record<string, () => string>> = {
  one_time_code: m.admin_mail_kind_one_time_code,
  verify_address: m.admin_mail_kind_verify_address,
  method_saved: m.admin_mail_kind_method_saved,
  method_removed: m.admin_mail_kind_method_removed,
  method_needed: m.admin_mail_kind_method_needed,
  method_needed_staff: m.admin_mail_kind_method_needed_staff,
  agreement_withdrawn: m.admin_mail_kind_agreement_withdrawn,
  agreement_withdrawn_staff: m.admin_mail_kind_agreement_withdrawn_staff,
  mandate_ended: m.admin_mail_kind_mandate_ended,
  mandate_ended_staff: m.admin_mail_kind_mandate_ended_staff,
  payment_charged: m.admin_mail_kind_payment_charged,
  payment_failed: m.admin_mail_kind_payment_failed,
  action_required: m.admin_mail_kind_action_required,
  hold_placed: m.admin_mail_kind_hold_placed,
  hold_released: m.admin_mail_kind_hold_released,
  upcoming_charge: m.admin_mail_kind_upcoming_charge,
  method_expiring: m.admin_mail_kind_method_expiring,
  hold_ending_staff: m.admin_mail_kind_hold_ending_staff,
  payment_given_up_staff: m.admin_mail_kind_payment_given_up_staff,
  event_dead_staff: m.admin_mail_kind_event_dead_staff,
};

/** What a mail is about; a kind that these pages do not know yet by its own word. */
export function mailKind(kind: string): string {
  return kinds[kind]?.() ?? kind.replaceAll('_', ' ');
}

/** How each status of a mail is shown. */
export const mailStatuses: Record<
  MailLine['status'],
  { tone: 'neutral' | 'good' | 'warn' | 'danger'; text: () => string }
> = {
  pending: { tone: 'warn', text: m.admin_mail_status_pending },
  sent: { tone: 'good', text: m.admin_mail_status_sent },
  kept: { tone: 'neutral', text: m.admin_mail_status_kept },
  dead: { tone: 'danger', text: m.admin_mail_status_dead },
};

/** To whom a mail goes, or went. */
export function addressee(address: string | null): string {
  return address ?? m.admin_mail_to_erased();
}
