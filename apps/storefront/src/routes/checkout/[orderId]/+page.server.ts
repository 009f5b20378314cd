import type { Actions, PageServerLoad } from './$types';
import { fail, redirect } from '@sveltejs/kit';
import { refusalOf } from '@onfile/api/refusal-codes.ts';
import { callerOf } from '#lib/server/caller.ts';
import { orSignIn } from '#lib/server/or-sign-in.ts';
import { stripeFacts } from '#lib/server/stripe-facts.ts';

/** The shop's three, and the one of the oldest text: a PaymentIntent that our page confirms. */
const ways = ['hosted_page', 'embedded_page', 'elements', 'payment_intent'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { orderId } = params;
  const checkout = await orSignIn(callerOf(locals).checkout.open({ orderId }), url);
  const { state } = checkout.order;
  // Paid in another tab, or left and come back to: the order says how it stands.
  if (state !== 'to_pay' && state !== 'to_keep') redirect(303, `/orders/${orderId}`);
  const asked = ways.find((way) => way === url.searchParams.get('way'));
  const isIntentOfNothing = asked === 'payment_intent' && state === 'to_keep';
  const way = asked && !isIntentOfNothing ? asked : checkout.way;
  return { checkout, way, stripe: stripeFacts() };
};

export const actions: Actions = {
  /** Goes on at the page that Stripe hosts. */
  hosted: async ({ locals, params, request }) => {
    const form = await request.formData();
    const started = await callerOf(locals)
      .checkout.start({
        orderId: params.orderId,
        terms: readTerms(form),
        uiMode: 'hosted_page',
      })
      .catch((error: unknown) => {
        const refusal = refusalOf(error);
        if (!refusal) throw error;
        return fail(refusal.code === 'stripe_unavailable' ? 503 : 400, { refusal });
      });
    if ('status' in started) return started;
    if (!started.url) throw new Error('A hosted page has no address');
    redirect(303, started.url, { external: true });
  },
};

function readTerms(form: FormData) {
  const termsVersionId = form.get('termsVersionId');
  if (typeof termsVersionId !== 'string') return null;
  return {
    termsVersionId,
    accepted: form.get('accepted') === 'true',
    redisplay: form.get('redisplay') === 'true',
  };
}
