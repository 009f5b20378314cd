import { z } from 'zod';

/** Set by this file alone; whatever a client sends under this name is thrown away. */
export const clientAddressHeader = 'x-onfile-client-address';

/**
 * Passes a request to better-auth when its path is one that the app uses: the library brings more
 * endpoints than we have thought through.
 * @param paths allowed paths below `/auth`
 * @param clientAddress the address that the app established (behind a proxy by configuration)
 * @returns better-auth's answer, or 404
 */
export async function handleAuthRequest(
  handler: (request: Request) => Promise<Response>,
  paths: ReadonlySet<string>,
  request: Request,
  clientAddress: string | null,
): Promise<Response> {
  const path = new URL(request.url).pathname.replace(/^\/auth/, '');
  if (!paths.has(path)) return new Response('Not found', { status: 404 });
  const body = request.method === 'POST' ? await request.text() : null;
  const problem = body === null ? null : problemOf(path, body);
  if (problem) return Response.json({ message: problem }, { status: 400 });
  const headers = new Headers(request.headers);
  headers.delete(clientAddressHeader);
  if (clientAddress) headers.set(clientAddressHeader, clientAddress);
  return handler(new Request(request.url, { method: request.method, headers, body }));
}

/** Far more than any of these forms needs. */
const mostCharacters = 4_000;

/** What a sign-up may bring; better-auth itself bounds the password only. */
const signUp = z.strictObject({
  name: z
    .string()
    .max(100)
    .regex(/^\P{Cc}*$/u),
  email: z.string().max(254),
  password: z.string().max(200),
});

/** A sentence that names what is wrong with a request's body; null when nothing is. */
function problemOf(path: string, body: string): string | null {
  if (body.length > mostCharacters) return 'The request is too long.';
  if (path !== '/sign-up/email') return null;
  const read = signUp.safeParse(parseJson(body));
  const field = read.error?.issues[0]?.path.join('.');
  return read.success ? null : `${field || 'The form'}: this is missing, too long or not text.`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
