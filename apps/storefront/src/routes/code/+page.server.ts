import type { PageServerLoad } from './$types';
import { redirect } from '@sveltejs/kit';
import { safeNext } from '@onfile/api/http/safe-next.ts';

export const load: PageServerLoad = ({ locals, url }) => {
  const next = safeNext(url.searchParams.get('next'), '/account/payment-methods');
  if (locals.shopper) redirect(303, next);
  return { next };
};
