/** The page of a list that an address asks for: `?page=2`; anything that is none is the first. */
export function readPageNumber(url: URL): number {
  const page = Number(url.searchParams.get('page') ?? '1');
  return Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1;
}
