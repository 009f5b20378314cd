const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that could change something came from elsewhere than the app's own pages.
 * Browsers send `Origin` with every such request, so a missing one counts as foreign.
 */
export function isForeignWrite(request: Request, ownOrigin: string): boolean {
  return !readingMethods.has(request.method) && request.headers.get('origin') !== ownOrigin;
}
