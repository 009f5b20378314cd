import type { PolicySources } from './policy-sources.ts';

/** For answers that are not pages: nothing in them may load, run or be framed. */
const strictestPolicy = "default-src 'none'; frame-ancestors 'none'";

/**
 * Adds run-time origins to the policy that the page renderer wrote (with its nonces).
 * A directive at `'none'` is replaced, a missing one starts from `'self'`.
 */
export function extendPolicy(policy: string, sources: PolicySources): string {
  const directives = new Map(
    policy
      .split(';')
      .map((directive) => directive.trim().split(/\s+/))
      .map(([name = '', ...values]) => [name, values] as const)
      .filter(([name]) => name !== ''),
  );
  for (const [name, added] of Object.entries(sources)) {
    if (added.length === 0) continue;
    const present = directives.get(name) ?? ["'self'"];
    directives.set(name, [...present.filter((value) => value !== "'none'"), ...added]);
  }
  return [...directives].map(([name, values]) => [name, ...values].join(' ')).join('; ');
}

/**
 * Sets every security header on an answer, in place.
 * `referrer` is 'none' on pages whose URL carries parameters that Stripe appended.
 */
export function setSecurityHeaders(
  headers: Headers,
  given: { ownOrigin: string; sources: PolicySources; referrer: 'none' | 'same-origin' },
): void {
  const policy = headers.get('content-security-policy');
  headers.set(
    'content-security-policy',
    policy ? extendPolicy(policy, given.sources) : strictestPolicy,
  );
  headers.set('x-content-type-options', 'nosniff');
  headers.set('x-frame-options', 'DENY');
  headers.set('referrer-policy', given.referrer === 'none' ? 'no-referrer' : 'same-origin');
  headers.set('permissions-policy', permissionsPolicy(given.sources));
  headers.set('cross-origin-opener-policy', 'same-origin-allow-popups');
  if (given.ownOrigin.startsWith('https:')) {
    headers.set('strict-transport-security', 'max-age=31536000');
  }
  if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-store');
}

function permissionsPolicy(sources: PolicySources): string {
  const frames = sources['frame-src'].filter((origin) => !origin.includes('*'));
  const payment = frames.length > 0 ? ['self', ...frames.map((origin) => `"${origin}"`)] : [];
  return `camera=(), geolocation=(), microphone=(), payment=(${payment.join(' ')})`;
}
