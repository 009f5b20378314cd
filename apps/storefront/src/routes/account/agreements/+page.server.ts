import type { PageServerLoad } from './$types';
import { readPageNumber } from '#lib/read-page-number.ts';
import { callerOf, orRefuse } from '#lib/server/caller.ts';

export const load: PageServerLoad = ({ locals, url }) =>
  orRefuse(callerOf(locals).agreements.list({ page: readPageNumber(url) }));
