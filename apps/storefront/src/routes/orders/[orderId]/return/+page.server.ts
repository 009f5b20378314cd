import type { PageServerLoad } from './$types';
import { redirect } from '@sveltejs/kit';
import { callerOf } from '#lib/server/caller.ts';
import { orSignIn } from '#lib/server/or-sign-in.ts';

type Looked = Awaited<ReturnType<ReturnType<typeof callerOf>['checkout']['look']>>;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { orderId } = params;
  const stripeSessionId = url.searchParams.get('session_id');
  // Stripe may append more, client secrets among it: taken out before anything renders.
  if (url.searchParams.size > (stripeSessionId === null ? 0 : 1)) {
    const kept = stripeSessionId ? `?session_id=${encodeURIComponent(stripeSessionId)}` : '';
    redirect(303, `${url.pathname}${kept}`);
  }
  const caller = callerOf(locals);
  const result = stripeSessionId
    ? await orSignIn(caller.checkout.getResult({ orderId, stripeSessionId }), url)
    : await lookAtResult(orSignIn(caller.checkout.look({ orderId }), url));
  const order = await orSignIn(caller.orders.get({ orderId }), url);
  return { orderId, stripeSessionId, result, order };
};

/** The same without a Session: of an intent that the shopper confirmed on our own page. */
async function lookAtResult(looked: Promise<Looked>) {
  const { state, verify } = await looked;
  return verify ? { state: 'confirm_deposits' as const, verify } : { state };
}
