/** The id of an expandable field of Stripe's; null when there is none. */
export function stripeIdOf(field: string | { id: string } | null | undefined): string | null {
  return typeof field === 'string' ? field : (field?.id ?? null);
}
