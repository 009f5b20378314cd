import type { MiddlewareHandler } from 'hono';

const LOOPBACK = 'http://localhost:* http://127.0.0.1:* https://localhost:* https://127.0.0.1:*';

/** Who may put a page into a frame: nobody, or whatever runs on this machine. */
type FramedBy = 'nobody' | 'loopback';

/**
 * Nothing inline and nothing from outside. `form-action` stays closed (the pages send by script),
 * so a card number cannot leave by a plain form post, not even without the script.
 */
export function pageHeaders(framedBy: FramedBy): MiddlewareHandler {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${framedBy === 'nobody' ? "'none'" : LOOPBACK}`,
  ].join('; ');
  return async (c, next) => {
    await next();
    c.header('content-security-policy', policy);
    c.header('referrer-policy', 'no-referrer');
    c.header('x-content-type-options', 'nosniff');
    c.header('cache-control', 'no-store');
    if (framedBy === 'nobody') c.header('x-frame-options', 'DENY');
  };
}
