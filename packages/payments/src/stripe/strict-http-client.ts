import Stripe from 'stripe';

type HttpClient = ReturnType<typeof Stripe.createNodeHttpClient>;

/**
 * Stripe's own HTTP client, which trusts no failure that is not Stripe's. The SDK throws only when
 * a body has a top-level `error`: a gateway's `502 {"message": …}` would count as success. Here it
 * becomes an `api_error`, which nobody takes for an answer.
 */
export function strictHttpClient(): HttpClient {
  const inner = Stripe.createNodeHttpClient();
  return {
    getClientName: () => inner.getClientName(),
    async makeRequest(...args) {
      const response = await inner.makeRequest(...args);
      const readJson = response.toJSON.bind(response);
      response.toJSON = async () => {
        const body = (await readJson()) as unknown;
        const isError = typeof body === 'object' && body !== null && 'error' in body;
        if (response.getStatusCode() < 400 || isError) return body;
        const message = `An answer of status ${String(response.getStatusCode())} without an error.`;
        return { error: { type: 'api_error', message } };
      };
      return response;
    },
  };
}
