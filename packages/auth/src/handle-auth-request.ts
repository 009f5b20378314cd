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
  const headers = new Headers(request.headers);
  headers.delete(clientAddressHeader);
  if (clientAddress) headers.set(clientAddressHeader, clientAddress);
  return handler(new Request(request, { headers }));
}
