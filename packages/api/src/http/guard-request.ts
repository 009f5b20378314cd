import { isForeignWrite } from './check-origin.ts';
import { logWithRequestId } from './log-request.ts';
import type { PolicySources } from './policy-sources.ts';
import { setSecurityHeaders } from './security-headers.ts';

/**
 * What every request to an app passes through: foreign writes are refused (403), the answer gets
 * the security headers and its request id, and one line is logged. The line names the route, never
 * the URL: queries and tokens stay out of the log.
 */
export async function guardRequest(
  given: {
    log: { info: (line: object, message: string) => void };
    request: Request;
    requestId: string;
    route: string | null;
    ownOrigin: string;
    sources: PolicySources;
    referrer: 'none' | 'same-origin';
  },
  respond: () => Promise<Response>,
): Promise<Response> {
  const startedAt = performance.now();
  const response = isForeignWrite(given.request, given.ownOrigin)
    ? new Response(`This request did not come from ${given.ownOrigin}.`, { status: 403 })
    : await logWithRequestId(given.requestId, respond);
  setSecurityHeaders(response.headers, given);
  response.headers.set('x-request-id', given.requestId);
  given.log.info(
    {
      requestId: given.requestId,
      method: given.request.method,
      route: given.route,
      status: response.status,
      ms: Math.round(performance.now() - startedAt),
    },
    'request',
  );
  return response;
}
