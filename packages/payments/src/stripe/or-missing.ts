import Stripe from 'stripe';

/** What Stripe answers, or null where it has no such object (another account's, or one that it has removed). */
export async function orMissing<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    const isMissing =
      error instanceof Stripe.errors.StripeError && error.code === 'resource_missing';
    if (isMissing) return null;
    throw error;
  }
}
