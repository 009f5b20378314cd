import type { OwedFilter } from '#lib/api-types.ts';
import { callerOf, orRefuse } from './caller.ts';

/**
 * A page of amounts owed, as its address asks for it.
 * @param filters those that the page has; anything else in the address is taken for the first
 */
export async function loadOwed(
  { locals, url }: { locals: App.Locals; url: URL },
  filters: readonly [OwedFilter, ...OwedFilter[]],
) {
  const asked = url.searchParams.get('filter');
  const filter = filters.find((known) => known === asked) ?? filters[0];
  const page = Number(url.searchParams.get('page') ?? '1');
  const isPage = Number.isInteger(page) && page >= 1 && page <= 10_000;
  const list = callerOf(locals).owed.list({ filter, page: isPage ? page : 1 });
  return { filter, ...(await orRefuse(list)) };
}
