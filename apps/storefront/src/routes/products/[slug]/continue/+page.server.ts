import type { Actions, PageServerLoad } from './$types';
import { fail, redirect } from '@sveltejs/kit';
import { refusalOf } from '@onfile/api/refusal-codes.ts';
import { callerOf, orRefuse } from '#lib/server/caller.ts';
import { choiceQuery, readChoice } from '../choice.ts';
import { placeChosen } from '../place-chosen.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { slug } = params;
  const product = await orRefuse(callerOf(locals).catalogue.get({ slug }));
  const query = choiceQuery(readChoice(url.searchParams));
  const back = `/products/${slug}?${query}`;
  const identity = await callerOf(locals).identity.get();
  // Signed in meanwhile, or come back to from the checkout: there is nothing to ask.
  if (identity.kind !== 'nobody') redirect(303, back);
  return { product, back, action: `?/guest&${query}` };
};

export const actions: Actions = {
  /** Goes on as a guest, and orders what was chosen on the page before. */
  guest: async ({ locals, params, request, url }) => {
    const form = await request.formData();
    const [email, captchaToken] = [readText(form, 'email'), readText(form, 'captchaToken')];
    try {
      await callerOf(locals).identity.startGuest({ email, captchaToken: captchaToken || null });
      return await placeChosen(locals, params.slug, readChoice(url.searchParams));
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      return fail(400, { refusal, email });
    }
  },
};

function readText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
