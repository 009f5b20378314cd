import process from 'node:process';
import { appRuntime } from '@onfile/payments/process-runtime.ts';

/** The process's one runtime; adapter-node tells when it has answered what was under way. */
export const { start: startRuntime, get: getRuntime } = appRuntime('admin', (close) =>
  process.once('sveltekit:shutdown', close),
);
