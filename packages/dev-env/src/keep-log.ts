import { Writable } from 'node:stream';
import pino from 'pino';
import { logOptions } from '@onfile/payments/observability/log-options.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';

/** A log as every process writes it, of all levels, whose lines are kept. */
export function keepLog(): { log: Runtime['log']; lines: string[] } {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { log: pino({ ...logOptions, level: 'trace' }, sink), lines };
}
