import { AsyncLocalStorage } from 'node:async_hooks';

/** What every line bears that is logged while something is done, however deep below. */
export interface LogContext {
  requestId?: string;
  /** Stripe's id of the event that is being handled. */
  event?: string;
}

const current = new AsyncLocalStorage<LogContext>();

/** Does work of which every log line says what it belongs to. */
export function inLogContext<T>(context: LogContext, work: () => T): T {
  return current.run({ ...current.getStore(), ...context }, work);
}

/** A copy: the logger writes the line's own fields into it. */
export function logContext(): LogContext {
  return { ...current.getStore() };
}
