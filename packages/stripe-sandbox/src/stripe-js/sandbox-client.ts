import type { StripeError } from '@stripe/stripe-js';

/** Where the sandbox is and as whom the page asks. */
export type SandboxClient = { origin: string; publishableKey: string };

export type Answer<T> = { ok: true; body: T } | { ok: false; error: StripeError };

/** One GET with the publishable key. Never throws: network trouble is an `api_connection_error`. */
export async function getFromSandbox<T>(client: SandboxClient, path: string): Promise<Answer<T>> {
  try {
    const response = await fetch(client.origin + path, {
      headers: { authorization: `Bearer ${client.publishableKey}` },
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
