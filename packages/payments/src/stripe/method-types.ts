/** The debit that each currency has, beside cards. */
const debits: Record<string, string> = {
  aud: 'au_becs_debit',
  eur: 'sepa_debit',
  usd: 'us_bank_account',
};

/** The kinds of payment methods that a page in this currency takes, by Stripe's names. */
export function allowedMethodTypes(page: { currency: string; bankDebits: boolean }): string[] {
  const { bankDebits, currency } = page;
  const debit = bankDebits && Object.hasOwn(debits, currency) ? debits[currency] : undefined;
  return debit ? ['card', debit] : ['card'];
}

/** Whether a saved method can pay in a currency: a bank account is debited in its own alone. */
export function paysIn(type: string, currency: string): boolean {
  const isDebit = Object.values(debits).includes(type);
  return !isDebit || debits[currency] === type;
}

/** Whether funds can be held on a saved method: not on bank accounts. */
export function canBeHeld(type: string): boolean {
  return !Object.values(debits).includes(type);
}
