/**
 * A redirect as an answer of its own, so that it passes through whatever sets headers: one that is
 * thrown in a hook leaves the app without them.
 */
export function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}

/** Whether the browser itself follows the answer; SvelteKit's own requests read redirects as data. */
export function isOpenedByBrowser(event: { isDataRequest: boolean; request: Request }): boolean {
  return !event.isDataRequest && !event.request.headers.has('x-sveltekit-action');
}
