import type { Actions, PageServerLoad } from './$types';
import { fail, redirect } from '@sveltejs/kit';
import { refusalOf } from '@onfile/api/refusal-codes.ts';
import { callerOf, orRefuse } from '#lib/server/caller.ts';
import { choiceQuery, readChoice } from './choice.ts';
import { placeChosen } from './place-chosen.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => ({
  product: await orRefuse(callerOf(locals).catalogue.get({ slug: params.slug })),
  choice: readChoice(url.searchParams),
});

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const choice = readChoice(await request.formData());
    const { slug } = params;
    try {
      return await placeChosen(locals, slug, choice);
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      if (refusal.code === 'not_signed_in') {
        redirect(303, `/products/${slug}/continue?${choiceQuery(choice)}`);
      }
      return fail(400, { refusal, choice });
    }
  },
};
