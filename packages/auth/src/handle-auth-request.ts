import type { z } from 'zod';
import { Refusal } from '@onfile/payments/refusal.ts';

/** Set by this file alone; whatever a client sends under this name is thrown away. */
export const clientAddressHeader = 'x-onfile-client-address';

/** A body that may go on to better-auth, once it is admitted; or what is wrong with it. */
type ReadBody =
  | { problem: string }
  | {
      body: object;
      /** Refuses whoever asks too often; throws a Refusal. */
      admit: (ipAddress: string | null) => Promise<void>;
    };

/** One of better-auth's endpoints that an app uses. */
export type Endpoint = (given: unknown) => ReadBody;

/** An endpoint that takes nothing but this; better-auth itself bounds little. */
export function endpoint<T extends object>(
  shape: z.ZodType<T>,
  admit: (body: T, ipAddress: string | null) => Promise<void> = () => Promise.resolve(),
): Endpoint {
  return (given) => {
    const read = shape.safeParse(given);
    if (read.success) {
      return { body: read.data, admit: (ipAddress) => admit(read.data, ipAddress) };
    }
    const field = read.error.issues[0]?.path.join('.');
    return { problem: `${field || 'The form'}: this is missing, too long or not text.` };
  };
}

/**
 * Passes a request to better-auth when its path is one that the app uses: the library brings more
 * endpoints than we have thought through.
 * @param endpoints by their path below `/auth`
 * @param clientAddress the address that the app established (behind a proxy by configuration)
 * @returns better-auth's answer, 404, 400 with what is wrong, or 429 with how long to wait
 */
export async function handleAuthRequest(
  handler: (request: Request) => Promise<Response>,
  endpoints: ReadonlyMap<string, Endpoint>,
  request: Request,
  clientAddress: string | null,
): Promise<Response> {
  const found = endpoints.get(new URL(request.url).pathname.replace(/^\/auth/, ''));
  if (!found) return new Response('Not found', { status: 404 });
  const headers = new Headers(request.headers);
  headers.delete(clientAddressHeader);
  if (clientAddress) headers.set(clientAddressHeader, clientAddress);
  if (request.method !== 'POST') {
    return handler(new Request(request.url, { method: request.method, headers }));
  }
  const read = found(parseBody(await request.text()));
  if ('problem' in read) return Response.json({ message: read.problem }, { status: 400 });
  try {
    await read.admit(clientAddress);
  } catch (error) {
    return refuse(error);
  }
  headers.set('content-type', 'application/json');
  headers.delete('content-length');
  const body = JSON.stringify(read.body);
  return handler(new Request(request.url, { method: 'POST', headers, body }));
}

/** Far more than any of these forms needs. */
const mostCharacters = 8_000;

/** Undefined when it is too long or not JSON; nothing at all is an empty form. */
function parseBody(text: string): unknown {
  if (text.length > mostCharacters) return undefined;
  try {
    return JSON.parse(text || '{}');
  } catch {
    return undefined;
  }
}

/** A refusal as the pages read it: they have the words. */
function refuse(error: unknown): Response {
  if (!(error instanceof Refusal)) throw error;
  const { wait, seconds } = error.params;
  return Response.json(
    { code: error.code.toUpperCase(), ...(wait && { wait }) },
    {
      status: error.code === 'too_many_tries' ? 429 : 403,
      ...(seconds && { headers: { 'retry-after': seconds } }),
    },
  );
}
