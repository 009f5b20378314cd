/**
 * Where to go after signing in: a path of this app, or `fallback` when the one asked for leads
 * anywhere else (another host, a scheme, or what browsers read as one).
 */
export function safeNext(asked: string | null, fallback: string): string {
  if (!asked?.startsWith('/') || !URL.canParse(asked, base)) return fallback;
  const url = new URL(asked, base);
  // `/..//host` is of this origin until a browser reads its collapsed path as another host.
  const isOwn = url.origin === base && !url.pathname.startsWith('//');
  return isOwn ? `${url.pathname}${url.search}` : fallback;
}

const base = 'https://this-app.invalid';
