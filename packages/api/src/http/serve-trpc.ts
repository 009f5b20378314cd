import type { AnyRouter, inferRouterContext } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';

/** Answers one procedure call under `/trpc`. One call a request: batches are refused with 400. */
export function serveTrpc<Router extends AnyRouter>(
  request: Request,
  router: Router,
  context: inferRouterContext<Router>,
): Promise<Response> {
  return fetchRequestHandler<Router>({
    endpoint: '/trpc',
    req: request,
    router,
    allowBatching: false,
    createContext: () => Promise.resolve(context),
  });
}
