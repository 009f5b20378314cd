import type { Actions, PageServerLoad } from './$types';
import { fail, redirect } from '@sveltejs/kit';
import { refusalOf } from '@onfile/api/refusal-codes.ts';
import { callerOf, orRefuse } from '#lib/server/caller.ts';
import { signInPath } from '#lib/server/or-sign-in.ts';

/** What was chosen, in the address as well: signing in on the way does not lose it. */
function readChoice(from: { get: (name: string) => unknown }) {
  const text = (name: string) => {
    const value = from.get(name);
    return typeof value === 'string' ? value : '';
  };
  return { quantity: text('quantity').slice(0, 4) || '1', eventOn: text('eventOn').slice(0, 10) };
}

export const load: PageServerLoad = async ({ locals, params, url }) => ({
  product: await orRefuse(callerOf(locals).catalogue.get({ slug: params.slug })),
  choice: readChoice(url.searchParams),
});

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const choice = readChoice(await request.formData());
    const { slug } = params;
    const placed = await callerOf(locals)
      .orders.place({ slug, quantity: Number(choice.quantity), eventOn: choice.eventOn || null })
      .catch((error: unknown) => {
        const refusal = refusalOf(error);
        if (!refusal) throw error;
        if (refusal.code === 'not_signed_in') {
          const chosen = new URLSearchParams(choice);
          redirect(303, signInPath(`/products/${slug}?${chosen.toString()}`));
        }
        return fail(400, { refusal, choice });
      });
    if ('status' in placed) return placed;
    redirect(303, `/checkout/${placed.orderId}`);
  },
};
