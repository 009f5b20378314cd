import { callerOf, orRefuse } from '#lib/server/caller.ts';
import type { PageServerLoad } from './$types';

const statuses = ['pending', 'sent', 'kept', 'dead'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
  const asked = url.searchParams.get('status');
  const status = statuses.find((known) => known === asked) ?? null;
  const page = Number(url.searchParams.get('page') ?? '1');
  const isPage = Number.isInteger(page) && page >= 1 && page <= 10_000;
  const list = callerOf(locals).mail.list({ status, page: isPage ? page : 1 });
  return { status, ...(await orRefuse(list)) };
};
