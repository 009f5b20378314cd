import { inLogContext } from '@onfile/payments/observability/log-context.ts';

/** Answers a request so that every line that is logged meanwhile, by whatever code, bears its id. */
export function logWithRequestId<T>(requestId: string, respond: () => T): T {
  return inLogContext({ requestId }, respond);
}
