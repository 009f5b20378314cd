import type { Actions, PageServerLoad } from './$types';
import { fail, redirect } from '@sveltejs/kit';
import { refusalOf } from '@onfile/api/refusal-codes.ts';
import { callerOf } from '#lib/server/caller.ts';
import { stripeFacts } from '#lib/server/stripe-facts.ts';
import { getRuntime } from '#lib/server/runtime.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
  const caller = callerOf(locals);
  const stripeSessionId = url.searchParams.get('session_id');
  // Who brings somebody else's Session learns nothing of it; the link's own state is shown.
  if (stripeSessionId) await orRefusal(caller.recovery.settleSession({ stripeSessionId }));
  // Stripe may append client secrets: taken out before anything renders.
  if (url.searchParams.size > 0) redirect(303, '/recover');
  const { result, refusal } = await orRefusal(caller.recovery.get());
  return {
    recovery: result,
    refusal,
    stripe: stripeFacts(),
    way: getRuntime().settings.checkoutWay === 'hosted_page' ? 'hosted_page' : 'embedded_page',
  } as const;
};

async function orRefusal<T>(answer: Promise<T>) {
  try {
    return { result: await answer, refusal: null };
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return { result: null, refusal: refusal.sentence };
  }
}

export const actions: Actions = {
  /** Goes on at the page that Stripe hosts. */
  hosted: async ({ locals, request }) => {
    const keep = (await request.formData()).has('keep');
    const { result, refusal } = await orRefusal(
      callerOf(locals).recovery.startSession({ uiMode: 'hosted_page', keep }),
    );
    if (!result) return fail(409, { refusal });
    if (!result.url) throw new Error('A hosted page has no address');
    redirect(303, result.url, { external: true });
  },
};
