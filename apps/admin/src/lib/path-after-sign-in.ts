/**
 * Where a person wanted to go before they were asked to sign in: a path of this app only, whatever
 * the `next` parameter says.
 */
export function pathAfterSignIn(url: URL): string {
  const next = url.searchParams.get('next');
  if (!next?.startsWith('/')) return '/';
  const target = URL.canParse(next, url.origin) ? new URL(next, url.origin) : null;
  return target?.origin === url.origin ? `${target.pathname}${target.search}` : '/';
}
