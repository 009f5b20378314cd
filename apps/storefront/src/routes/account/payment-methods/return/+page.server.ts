import type { PageServerLoad } from './$types';
import { error, redirect } from '@sveltejs/kit';
import { m } from '@onfile/messages/messages.js';
import { callerOf, orRefuse } from '#lib/server/caller.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
  const stripeSessionId = url.searchParams.get('session_id');
  if (!stripeSessionId) error(404, m.storefront_return_not_found());
  // Stripe may append more, client secrets among it: taken out before anything renders.
  if (url.searchParams.size > 1) {
    redirect(303, `${url.pathname}?session_id=${encodeURIComponent(stripeSessionId)}`);
  }
  return {
    stripeSessionId,
    result: await orRefuse(callerOf(locals).setup.getResult({ stripeSessionId })),
  };
};
