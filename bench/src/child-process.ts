import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A process of its own that speaks with this one by messages. */
export interface Child {
  /** Sends a job and waits for its answer. */
  ask<Answer>(job: unknown): Promise<Answer>;
  stop(): void;
}

/**
 * The next message of a process.
 * @throws when it ends instead
 */
export async function answerOf<Answer>(child: ChildProcess): Promise<Answer> {
  const over = new AbortController();
  const { signal } = over;
  try {
    const [answer] = (await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`A process of the benchmark ended with ${String(code)}.`);
      }),
    ])) as [Answer];
    return answer;
  } finally {
    over.abort();
  }
}

/** Starts a file of ours; what it prints is seen. */
export function forkFile(file: URL | string, env: NodeJS.ProcessEnv = {}): ChildProcess {
  return fork(file, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** Starts a file of ours that does the jobs it is sent, one after the other. */
export function startChild(file: URL, env: NodeJS.ProcessEnv = {}): Child {
  const child = forkFile(file, env);
  return {
    ask<Answer>(job: unknown) {
      child.send(job as object);
      return answerOf<Answer>(child);
    },
    stop: () => void child.kill(),
  };
}

/** The other end: does each job that the parent sends, and ends with the parent. */
export function serveJobs<Job, Answer>(work: (job: Job) => Promise<Answer>): void {
  process.on('message', (job: Job) => {
    work(job).then(
      (answer) => process.send?.(answer),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.once('disconnect', () => process.exit(0));
}
