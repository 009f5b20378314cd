/** A mistake in the page's own code, thrown as Stripe.js throws it. Its name is what pages look at. */
export function integrationError(message: string): Error {
  const error = new Error(message);
  error.name = 'IntegrationError';
  return error;
}
