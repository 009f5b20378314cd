import type { StripeError } from '@stripe/stripe-js';
import { encodeForm } from './encode-form.ts';
import type { FormValue } from './encode-form.ts';

/** Where the sandbox is and as whom the page asks. */
export type SandboxClient = { origin: string; publishableKey: string };

export type Answer<T> = { ok: true; body: T } | { ok: false; error: StripeError };

/** The API version of the release train: Stripe.js sends its own, never the server's. */
const API_VERSION = '2026-10-28.endive';

async function ask<T>(client: SandboxClient, path: string, init: RequestInit): Promise<Answer<T>> {
  try {
    const response = await fetch(client.origin + path, {
      ...init,
      headers: {
        ...init.headers,
        authorization: `Bearer ${client.publishableKey}`,
        'stripe-version': API_VERSION,
      },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    const body = (await response.json()) as T & { error?: StripeError };
    return body.error ? { ok: false, error: body.error } : { ok: true, body };
  } catch {
    return {
      ok: false,
      error: {
        type: 'api_connection_error',
        message: 'The sandbox could not be reached. Is it running?',
      },
    };
  }
}

/** One GET with the publishable key. Never throws: network trouble is an `api_connection_error`. */
export function getFromSandbox<T>(client: SandboxClient, path: string): Promise<Answer<T>> {
  return ask(client, path, {});
}

/** One POST of a form, as Stripe.js sends it. Never throws. */
export function postToSandbox<T>(
  client: SandboxClient,
  path: string,
  params: { [name: string]: FormValue },
): Promise<Answer<T>> {
  return ask(client, path, { method: 'POST', body: encodeForm(params) });
}

/** One POST of JSON: the calls of Checkout's own pages. Never throws. */
export function postJsonToSandbox<T>(
  client: SandboxClient,
  path: string,
  body: object,
): Promise<Answer<T>> {
  return ask(client, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
