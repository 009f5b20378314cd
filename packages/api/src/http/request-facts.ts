import type { RequestFacts } from '../context.ts';

/** Longest user agent and list of languages that are read, in characters. */
const longest = 512;

/**
 * Who asks, as agreements and the audit log record it. `clientAddress` throws where a proxy's
 * header is configured but absent (a health check that bypasses the proxy): then nothing is claimed.
 */
export function requestFacts(
  headers: Headers,
  clientAddress: () => string,
  requestId: string,
): RequestFacts {
  return {
    ipAddress: readAddress(clientAddress),
    userAgent: headers.get('user-agent')?.slice(0, longest) ?? null,
    acceptLanguage: headers.get('accept-language')?.slice(0, longest) ?? null,
    requestId,
  };
}

function readAddress(clientAddress: () => string): string | null {
  try {
    return clientAddress().replace(/^::ffff:(?=\d+\.)/, '') || null;
  } catch {
    return null;
  }
}
