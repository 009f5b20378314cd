/**
 * Codes that point at loss, theft or fraud. Whoever holds the card may not be its owner, so that shoppers
 * read of these as of any other no (Stripe, declines/codes: do not tell the reason).
 */
const sensitiveCodes: ReadonlySet<string> = new Set([
  'lost_card',
  'stolen_card',
  'fraudulent',
  'merchant_blacklist',
  'pickup_card',
  'restricted_card',
  'security_violation',
  'highest_risk_level',
  'previously_declined_do_not_retry',
]);

/** Whether the reason of a decline is for staff alone. */
export function isSensitive(code: string): boolean {
  return sensitiveCodes.has(code);
}
