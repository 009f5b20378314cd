import { callerOf, orRefuse } from '#lib/server/caller.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const email = (url.searchParams.get('email') ?? '').trim();
  const customers = email ? await orRefuse(callerOf(locals).customers.find({ email })) : null;
  return { email, customers };
};
