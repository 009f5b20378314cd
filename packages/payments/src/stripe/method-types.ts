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
