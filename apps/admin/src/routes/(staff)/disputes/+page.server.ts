import { callerOf } from '#lib/server/caller.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const page = Number(url.searchParams.get('page') ?? '1');
  const isPage = Number.isInteger(page) && page >= 1 && page <= 10_000;
  const show = url.searchParams.get('show') === 'closed' ? ('closed' as const) : ('open' as const);
  return { show, ...(await callerOf(locals).disputes.list({ show, page: isPage ? page : 1 })) };
};
