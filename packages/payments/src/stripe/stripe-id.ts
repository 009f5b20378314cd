/** The id of an expandable field of Stripe's; null when there is none. */
export function stripeIdOf(field: string | { id: string } | null | undefined): string | null {
  return typeof field === 'string' ? field : (field?.id ?? null);
}

/** `cus_…` or `acct_…`: whose an object is; null when it is nobody's. */
export function stripeOwnerOf(object: {
  customer: string | { id: string } | null;
  customer_account?: string | null;
}): string | null {
  return stripeIdOf(object.customer) ?? object.customer_account ?? null;
}
