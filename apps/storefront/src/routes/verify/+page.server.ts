import type { Actions, PageServerLoad } from './$types';
import { fail, redirect } from '@sveltejs/kit';
import { refusalOf } from '@onfile/api/refusal-codes.ts';
import { getShopperAuth } from '#lib/server/auth.ts';
import { getRuntime } from '#lib/server/runtime.ts';

const cookieName = 'onfile-shop.confirm';

export const load: PageServerLoad = async ({ cookies, locals, request, url }) => {
  const token = url.searchParams.get('token');
  if (token !== null) {
    // What proves an address is taken out of the address bar before anything renders.
    const secure = getRuntime().settings.storefrontOrigin.startsWith('https://');
    const maxAge = 3_600;
    const bounded = token.slice(0, 2_000);
    cookies.set(cookieName, bounded, {
      path: '/verify',
      httpOnly: true,
      sameSite: 'lax',
      secure,
      maxAge,
    });
    redirect(303, '/verify');
  }
  // The cookie waits for the sign-in: only the account itself can prove its address.
  if (!locals.shopper) redirect(303, '/sign-in?next=/verify');
  const kept = cookies.get(cookieName);
  if (kept === undefined)
    return { state: locals.shopper.emailVerified ? 'done' : 'waiting' } as const;
  const state = await getShopperAuth().confirmAddress(request.headers, kept);
  if (state !== 'other_account') cookies.delete(cookieName, { path: '/verify' });
  if (state === 'confirmed') redirect(303, '/verify');
  return { state };
};

export const actions: Actions = {
  /** Mails a link to the shopper who is signed in. */
  send: async ({ locals, request }) => {
    try {
      await getShopperAuth().sendConfirmLink(request.headers, locals.facts.ipAddress);
      return { isSent: true };
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      return fail(429, { sentence: refusal.sentence });
    }
  },
};
