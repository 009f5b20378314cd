import { setTimeout as wait } from 'node:timers/promises';
import Stripe from 'stripe';
import { countStripeAnswer } from '../observability/metrics.ts';
import type { Pace } from './pace-calls.ts';

type HttpClient = ReturnType<typeof Stripe.createNodeHttpClient>;
type HttpResponse = Awaited<ReturnType<HttpClient['makeRequest']>>;

/** How often a call is sent that Stripe has not begun to work on: too many at once, or a lock. */
const mostSendings = 3;

/**
 * Stripe's own HTTP client, paced under its limits, and trusting no failure that is not Stripe's. A
 * 429 says that nothing was begun, so that the same call is sent again after a pause, unless Stripe
 * says not to. Any other resend is made from an attempt's stored request alone.
 */
export function strictHttpClient(pace: Pace, mayWrite: () => boolean): HttpClient {
  const inner = Stripe.createNodeHttpClient();
  return {
    getClientName: () => inner.getClientName(),
    async makeRequest(...args) {
      const [, , path, method] = args;
      // The last door, behind those that refuse in words: what is sent here would be another's money.
      if (method.toUpperCase() !== 'GET' && !mayWrite()) {
        throw new Error(
          'Nothing is written to Stripe: the database belongs to another environment.',
        );
      }
      for (let sending = 1; ; sending += 1) {
        await pace.await(method, path);
        const response = await inner.makeRequest(...args).catch((error: unknown) => {
          countStripeAnswer(null);
          throw error;
        });
        const headers = response.getHeaders();
        countStripeAnswer(response.getStatusCode(), headers['stripe-rate-limited-reason']);
        if (response.getStatusCode() !== 429) return readingStrictly(response);
        if (isRate(headers['stripe-rate-limited-reason'])) await pace.slowDown(method, path);
        if (sending === mostSendings || headers['stripe-should-retry'] === 'false') {
          return readingStrictly(response);
        }
        // What is not read keeps its connection.
        await response.toJSON().catch(() => undefined);
        await wait(pauseMs(sending));
      }
    },
  };
}

/** Too many in a second; of other reasons (too many at once, one object's own limit) we count nothing. */
function isRate(reason: unknown): boolean {
  return reason === 'global-rate' || reason === 'endpoint-rate';
}

/** 200 to 400 ms, then 400 to 800: never in step with others that were told the same. */
function pauseMs(sending: number): number {
  return 200 * sending * (1 + Math.random());
}

/**
 * The SDK throws only when a body has a top-level `error`: a gateway's `502 {"message": …}` would count
 * as success. Here it becomes an `api_error`, which nobody takes for an answer.
 */
function readingStrictly(response: HttpResponse): HttpResponse {
  const readJson = response.toJSON.bind(response);
  response.toJSON = async () => {
    const body = (await readJson()) as unknown;
    const isError = typeof body === 'object' && body !== null && 'error' in body;
    if (response.getStatusCode() < 400 || isError) return body;
    const message = `An answer of status ${String(response.getStatusCode())} without an error.`;
    return { error: { type: 'api_error', message } };
  };
  return response;
}
