import type { RequestEvent } from '@sveltejs/kit';
import type { StaffAuth } from '@onfile/auth/staff-auth.ts';
import { openStaffAuth } from '@onfile/auth/staff-auth.ts';
import { getRuntime } from './runtime.ts';

let auth: StaffAuth | undefined;

/** Staff's authentication over the process's runtime. */
export function getStaffAuth(): StaffAuth {
  auth ??= openStaffAuth(getRuntime());
  return auth;
}

/**
 * Calls an endpoint of authentication from a form action. The cookies that it sets go out with the
 * action's answer.
 * @param path below `/auth`
 */
export async function callAuth(
  event: RequestEvent,
  path: string,
  body: Record<string, string>,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const origin = getRuntime().settings.adminOrigin;
  const headers = new Headers({ origin, 'content-type': 'application/json' });
  for (const name of ['cookie', 'user-agent']) {
    const value = event.request.headers.get(name);
    if (value) headers.set(name, value);
  }
  const request = new Request(`${origin}/auth${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  const response = await getStaffAuth().handler(request, event.locals.facts.ipAddress);
  event.locals.authCookies.push(...response.headers.getSetCookie());
  const answer: unknown = await response.json().catch(() => null);
  return { status: response.status, body: (answer ?? {}) as Record<string, unknown> };
}
