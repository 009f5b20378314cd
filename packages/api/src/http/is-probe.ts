const probes = new Set<unknown>(['/healthz', '/readyz', '/metrics']);

/** Whether a route is for those who watch the process: they have no session, and are too many to log. */
export function isProbe(route: unknown): boolean {
  return probes.has(route);
}
