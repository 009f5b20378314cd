import type { LoggerOptions } from 'pino';
import { logContext } from './log-context.ts';
import { redactFields, redactText } from './redact.ts';

/**
 * How every process logs. Secrets are taken out twice: by the names of their fields, however deep they
 * stand, and of the finished line by their shapes, since an error's message may quote anything.
 */
export const logOptions = {
  mixin: logContext,
  formatters: { log: redactFields },
  // Errors are copied above; what is left of them here is plain already.
  serializers: { err: (error: unknown) => error },
  hooks: { streamWrite: redactText },
} satisfies LoggerOptions;
