import { randomUUID } from 'node:crypto';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { redirect } from '@sveltejs/kit';
import { withCaptcha } from '@onfile/api/http/captcha-sources.ts';
import { guardRequest } from '@onfile/api/http/guard-request.ts';
import { logWithRequestId } from '@onfile/api/http/log-request.ts';
import { stripeSources } from '@onfile/api/http/policy-sources.ts';
import { isProbe } from '@onfile/api/http/is-probe.ts';
import { procedureRoute } from '@onfile/api/http/procedure-route.ts';
import { requestFacts } from '@onfile/api/http/request-facts.ts';
import { isOpenedByBrowser, seeOther } from '@onfile/api/http/see-other.ts';
import { m } from '@onfile/messages/messages.js';
import { TRPCError } from '@trpc/server';
import { getShopperAuth } from '#lib/server/auth.ts';
import { readRecoveryToken } from '#lib/server/recovery-cookie.ts';
import { getRuntime, startRuntime } from '#lib/server/runtime.ts';

/** Pages that are opened by an address with something in it that is nobody else's business. */
const withoutReferrer = new Set([
  '/account/payment-methods/return',
  '/orders/[orderId]/return',
  '/recover',
  '/recover/[token]',
  '/verify',
]);

/** Before the first request, so that bad settings end the process at start. */
export const init: ServerInit = startRuntime;

export const handle: Handle = ({ event, resolve }) => {
  const route = event.route.id;
  const requestId = randomUUID();
  event.tracing.root.setAttribute('onfile.request_id', requestId);
  // Stripe's servers, and those that watch us, have no origin, no session and no use for our pages'
  // policy; intake logs for itself.
  if (route === '/webhooks/stripe' || isProbe(route)) {
    const nobody = { ipAddress: null, userAgent: null, acceptLanguage: null };
    event.locals.facts = { ...nobody, requestId };
    return logWithRequestId(requestId, () => resolve(event));
  }
  event.locals.facts = requestFacts(event.request.headers, event.getClientAddress, requestId);
  event.locals.recoveryToken = readRecoveryToken(event.cookies);
  event.locals.shopper = null;
  event.locals.guestId = null;
  event.locals.rememberGuest = (customerId) => {
    const { name, value, options } = getShopperAuth().guests.write(customerId);
    event.cookies.set(name, value, options);
    // What the same request does next, it does as this guest.
    event.locals.guestId = customerId;
  };
  const { log, settings } = getRuntime();
  return guardRequest(
    {
      log,
      request: event.request,
      requestId,
      route: procedureRoute(event.params['procedure']) ?? route,
      ownOrigin: settings.storefrontOrigin,
      sources: withCaptcha(
        stripeSources(settings.stripe.apiBase),
        settings.captcha?.scriptUrl ?? null,
      ),
      referrer: withoutReferrer.has(route ?? '') ? 'none' : 'same-origin',
    },
    async () => {
      const { headers } = event.request;
      event.locals.shopper = await getShopperAuth().findShopper(headers);
      event.locals.guestId = getShopperAuth().guests.read(headers);
      if (route?.startsWith('/account') && !event.locals.shopper) {
        // What was posted is lost; the page it was posted from is not.
        const next = `${event.url.pathname}${event.request.method === 'GET' ? searchToKeep(event.url) : ''}`;
        const signIn = `/sign-in?next=${encodeURIComponent(next)}`;
        if (isOpenedByBrowser(event)) return seeOther(signIn);
        redirect(303, signIn);
      }
      return resolve(event);
    },
  );
};

/** Stripe may append a client secret to the return address: it never goes on into another URL. */
function searchToKeep(url: URL): string {
  const session = url.searchParams.get('session_id');
  const hasSecret = [...url.searchParams.keys()].some((name) => name.endsWith('client_secret'));
  if (!hasSecret) return url.search;
  return session ? `?session_id=${encodeURIComponent(session)}` : '';
}

export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') {
    return kind === 'framework' && error.status === 404
      ? { message: m.storefront_error_not_found() }
      : undefined;
  }
  const faultId = event.locals.facts.requestId;
  // A procedure's fault is in the log already, under the same id.
  if (error instanceof TRPCError) return { message: m.storefront_error_fault(), faultId };
  getRuntime().log.error({ err: error, requestId: faultId, route: event.route.id }, 'fault');
  return { message: m.storefront_error_fault(), faultId };
};
