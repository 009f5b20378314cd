import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { repositoryRoot } from '../repository-root.ts';
import { nodeEnvironment } from '../run-tool.ts';

export type ChildName = 'sandbox' | 'storefront' | 'admin' | 'worker';

export interface ChildPlan {
  name: ChildName;
  /** Arguments of `node`, or a program of its own. */
  command: { program?: string; args: string[]; cwd?: string };
  env: Record<string, string>;
  /** Where its output is appended to. */
  logFile?: string | undefined;
  /** Gets each line that it prints. */
  onLine?: ((line: string) => void) | undefined;
}

export interface Child {
  name: ChildName;
  /** Its process id; 0 when it could not be started. */
  pid: number;
  /** What it printed, the last part of it. */
  output(): string;
  /** It told its parent that it is ready, which the worker does as it has no port to be asked at. */
  saysReady(): boolean;
  hasEnded(): boolean;
  /** Resolves when it has ended, with a sentence of how. */
  ended: Promise<string>;
  kill(signal: NodeJS.Signals): Promise<void>;
  /** SIGTERM, and SIGKILL for one that does not end by that. */
  stop(): Promise<void>;
}

const keptOutput = 500_000;
const graceMs = 8_000;
const endWithParent = new URL('./end-with-parent.ts', import.meta.url).href;

/** Starts a child in a process group of its own, so that a Ctrl-C reaches it through us only. */
export function startChild(plan: ChildPlan): Child {
  const { program, args, cwd } = plan.command;
  const child = spawn(
    program ?? process.execPath,
    program ? args : ['--import', endWithParent, ...args],
    {
      cwd: cwd ?? repositoryRoot,
      env: { ...plan.env, ...nodeEnvironment() },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: process.platform !== 'win32',
    },
  );
  const output = keepOutput(child, plan);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (problem) => resolve(`did not start: ${problem.message}`));
    child.once('close', (code, signal) =>
      resolve(signal ? `ended by ${signal}` : `ended with exit code ${String(code)}`),
    );
  });
  let isOver = false;
  void ended.then(() => (isOver = true));
  let isReady = false;
  child.once('message', () => (isReady = true));
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (!isOver) child.kill(signal);
    await ended;
  };
  return {
    name: plan.name,
    pid: child.pid ?? 0,
    output,
    saysReady: () => isReady,
    hasEnded: () => isOver,
    ended,
    kill,
    async stop() {
      if (isOver) return;
      child.kill('SIGTERM');
      const grace = new AbortController();
      await Promise.race([
        ended,
        pause(graceMs, undefined, { signal: grace.signal }).catch(() => 0),
      ]);
      grace.abort();
      await kill('SIGKILL');
    },
  };
}

function keepOutput(child: ChildProcess, plan: ChildPlan): () => string {
  let kept = '';
  let unfinished = '';
  const file: WriteStream | null = plan.logFile
    ? createWriteStream(plan.logFile, { flags: 'a', mode: 0o600 })
    : null;
  const take = (chunk: Buffer): void => {
    const text = chunk.toString('utf8');
    kept = (kept + text).slice(-keptOutput);
    file?.write(text);
    const lines = (unfinished + text).split('\n');
    unfinished = lines.pop() ?? '';
    for (const line of lines) plan.onLine?.(line);
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  child.once('close', () => file?.end());
  return () => kept;
}
