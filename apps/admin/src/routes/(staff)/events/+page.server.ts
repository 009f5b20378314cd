import { callerOf, orRefuse } from '#lib/server/caller.ts';
import type { PageServerLoad } from './$types';

const statuses = ['pending', 'handled', 'ignored', 'dead'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
  const asked = url.searchParams;
  const status = statuses.find((known) => known === asked.get('status')) ?? null;
  const page = Number(asked.get('page') ?? '1');
  const isPage = Number.isInteger(page) && page >= 1 && page <= 10_000;
  const filter = {
    status,
    type: asked.get('type')?.slice(0, 255) || null,
    objectId: asked.get('about')?.trim().slice(0, 255) || null,
  };
  const list = callerOf(locals).events.list({ ...filter, page: isPage ? page : 1 });
  return { filter, ...(await orRefuse(list)) };
};
