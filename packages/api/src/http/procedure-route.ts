/**
 * How a tRPC call is named in the log: by its procedure when the name looks like one, because
 * whoever calls may write anything there.
 */
export function procedureRoute(procedure: string | undefined): string | null {
  if (!procedure) return null;
  return /^[A-Za-z]+\.[A-Za-z]+$/.test(procedure) && procedure.length <= 60
    ? `/trpc/${procedure}`
    : '/trpc/[unknown]';
}
