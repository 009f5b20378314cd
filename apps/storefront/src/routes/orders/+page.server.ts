import type { PageServerLoad } from './$types';
import { readPageNumber } from '#lib/read-page-number.ts';
import { callerOf } from '#lib/server/caller.ts';
import { orSignIn } from '#lib/server/or-sign-in.ts';

export const load: PageServerLoad = async ({ locals, url }) =>
  orSignIn(callerOf(locals).orders.list({ page: readPageNumber(url) }), url);
