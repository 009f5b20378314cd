import { m } from '@onfile/messages/messages.js';

const purposes: Record<string, () => string> = {
  balances_and_fees: m.admin_purpose_balances_and_fees,
};

/** An agreement by its purpose; one that these pages do not know yet by its own word. */
export function agreementName(purpose: string): string {
  return purposes[purpose]?.() ?? purpose.replaceAll('_', ' ');
}
