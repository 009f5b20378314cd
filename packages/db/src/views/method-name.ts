/** What the name of a method is made of, in a SELECT that joins `paymentMethods`. */
export const methodNameColumns = [
  'paymentMethods.type',
  'paymentMethods.brand',
  'paymentMethods.last4',
  'paymentMethods.bankName',
  'paymentMethods.wallet',
] as const;

/** The same as it comes out; null where a row has no method. */
export interface MethodName {
  type: string | null;
  brand: string | null;
  last4: string | null;
  bankName: string | null;
  wallet: string | null;
}
