import { callerOf, orRefuse } from '#lib/server/caller.ts';
import type { PageServerLoad } from './$types';

const soonHours = 48;

export const load: PageServerLoad = async ({ locals, url }) => {
  const isSoon = url.searchParams.get('show') === 'soon';
  const page = Number(url.searchParams.get('page') ?? '1');
  const isPage = Number.isInteger(page) && page >= 1 && page <= 10_000;
  const list = callerOf(locals).payments.listHolds({
    withinHours: isSoon ? soonHours : null,
    page: isPage ? page : 1,
  });
  return { isSoon, ...(await orRefuse(list)) };
};
