import { m } from '@onfile/messages/messages.js';

const purposes: Partial<Record<string, () => string>> = {
  balances_and_fees: m.admin_purpose_balances_and_fees,
  balances: m.admin_purpose_balances,
  fees: m.admin_purpose_fees,
  show_again: m.admin_purpose_show_again,
};

/** An agreement by its purpose; one that these pages do not know yet by its own word. */
export function agreementName(purpose: string): string {
  return purposes[purpose]?.() ?? purpose.replaceAll('_', ' ');
}
