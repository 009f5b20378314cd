import { join } from 'node:path';
import { startChild } from './constellation/child.ts';
import type { Child } from './constellation/child.ts';
import { repositoryRoot } from './repository-root.ts';
import { waitUntil } from './wait-until.ts';

/** A worker beside those of a constellation, as many as one likes. */
export interface WorkerProcess {
  pid: number;
  /** Ends it as the system would: nothing is finished, nothing put back. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  hasEnded(): boolean;
  output(): string;
}

/**
 * Starts a real worker on what `env` describes; resolves when it works.
 * @throws an error with what it said, when it ends before that
 */
export async function startWorker(env: Record<string, string>): Promise<WorkerProcess> {
  const child: Child = startChild({
    name: 'worker',
    command: { args: [join(repositoryRoot, 'apps/worker/src/main.ts')] },
    // However many there are on this machine, none is asked how it is.
    env: { ...env, WORKER_PORT: '0' },
  });
  await waitUntil('the worker is ready', () => {
    if (child.hasEnded()) throw new Error(`The worker did not start.\n${child.output()}`);
    return child.saysReady();
  });
  const { pid, hasEnded, output } = child;
  return { pid, kill: () => child.kill('SIGKILL'), stop: () => child.stop(), hasEnded, output };
}
