import type { Actions, PageServerLoad } from './$types';
import { error, fail, redirect } from '@sveltejs/kit';
import { findPurpose } from '@onfile/api/find-purpose.ts';
import { refusalOf } from '@onfile/api/refusal-codes.ts';
import { m } from '@onfile/messages/messages.js';
import { callerOf, orRefuse } from '#lib/server/caller.ts';
import { getRuntime } from '#lib/server/runtime.ts';
import { stripeFacts } from '#lib/server/stripe-facts.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
  const purpose = readPurpose(url);
  const terms = await orRefuse(callerOf(locals).setup.getTerms(purpose && { purpose }));
  return { purpose, terms, way: getRuntime().settings.checkoutWay, stripe: stripeFacts() };
};

/** Links may name the purpose that the method is for; without one it is the shop's first. */
function readPurpose(url: URL) {
  const given = url.searchParams.get('purpose');
  if (given === null) return undefined;
  const purpose = findPurpose(given);
  if (!purpose) error(404, m.storefront_error_not_found());
  return purpose;
}

export const actions: Actions = {
  /** Goes on at the page that Stripe hosts. */
  hosted: async ({ locals, request }) => {
    const form = await request.formData();
    const started = await startHosted(locals, form).catch((error: unknown) => {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      return fail(refusal.code === 'stripe_unavailable' ? 503 : 400, { refusal });
    });
    if ('status' in started) return started;
    redirect(303, started.url, { external: true });
  },
};

async function startHosted(locals: App.Locals, form: FormData): Promise<{ url: string }> {
  const termsVersionId = form.get('termsVersionId');
  const captchaToken = form.get('captchaToken');
  const started = await callerOf(locals).setup.start({
    termsVersionId: typeof termsVersionId === 'string' ? termsVersionId : '',
    accepted: form.get('accepted') === 'true',
    redisplay: form.get('redisplay') === 'true',
    captchaToken: typeof captchaToken === 'string' ? captchaToken : null,
    uiMode: 'hosted_page',
  });
  if (started.uiMode !== 'hosted_page') throw new Error('Asked for a hosted page, got another');
  return started;
}
