import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { guardRequest } from '@onfile/api/http/guard-request.ts';
import { noForeignSources } from '@onfile/api/http/policy-sources.ts';
import { isProbe } from '@onfile/api/http/is-probe.ts';
import { procedureRoute } from '@onfile/api/http/procedure-route.ts';
import { requestFacts } from '@onfile/api/http/request-facts.ts';
import { isOpenedByBrowser, seeOther } from '@onfile/api/http/see-other.ts';
import { m } from '@onfile/messages/messages.js';
import { getStaffAuth } from '#lib/server/auth.ts';
import { getRuntime, startRuntime } from '#lib/server/runtime.ts';

/** Before the first request, so that bad settings end the process at start. */
export const init: ServerInit = startRuntime;

export const handle: Handle = ({ event, resolve }) => {
  const route = event.route.id;
  event.locals.facts = requestFacts(event.request.headers, event.getClientAddress, randomUUID());
  event.tracing.root.setAttribute('onfile.request_id', event.locals.facts.requestId);
  event.locals.staff = null;
  event.locals.authCookies = [];
  // Those that watch us have no session and no use for our pages' policy.
  if (isProbe(route)) return resolve(event);
  const { log, settings } = getRuntime();
  return guardRequest(
    {
      log,
      request: event.request,
      requestId: event.locals.facts.requestId,
      route: procedureRoute(event.params['procedure']) ?? route,
      ownOrigin: settings.adminOrigin,
      sources: noForeignSources,
      referrer: 'same-origin',
    },
    async () => {
      if (route) event.locals.staff = await getStaffAuth().findStaff(event.request.headers);
      if (route?.startsWith('/(staff)') && !event.locals.staff) {
        const next = `${event.url.pathname}${event.url.search}`;
        const signIn = next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;
        if (isOpenedByBrowser(event)) return seeOther(signIn);
        redirect(303, signIn);
      }
      const response = await resolve(event);
      for (const cookie of event.locals.authCookies) response.headers.append('set-cookie', cookie);
      return response;
    },
  );
};

export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') {
    return kind === 'framework' && error.status === 404
      ? { message: m.admin_error_not_found() }
      : undefined;
  }
  const faultId = event.locals.facts.requestId;
  getRuntime().log.error({ err: error, requestId: faultId, route: event.route.id }, 'fault');
  return { message: m.admin_error_title(), faultId };
};
