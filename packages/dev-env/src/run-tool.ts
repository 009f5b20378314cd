import { dirname, delimiter } from 'node:path';
import { execa } from 'execa';
import { repositoryRoot } from './repository-root.ts';

export interface ToolResult {
  ok: boolean;
  /** What it printed, standard output and errors in order. */
  output: string;
}

export interface ToolOptions {
  /** Where it runs, and whose `node_modules/.bin` is looked in first; the repository's root. */
  cwd?: string;
  env?: Record<string, string>;
  /** Pass what it prints on to the terminal as it comes. */
  show?: boolean;
  /** Ends it. */
  signal?: AbortSignal;
}

/** Runs a program of `node_modules/.bin` (or `node`, this very one) to its end. */
export async function runTool(
  command: string,
  args: string[],
  options: ToolOptions = {},
): Promise<ToolResult> {
  const result = await execa(command, args, {
    cwd: options.cwd ?? repositoryRoot,
    preferLocal: true,
    localDir: options.cwd ?? repositoryRoot,
    env: { ...options.env, ...nodeEnvironment() },
    all: true,
    reject: false,
    stdin: 'ignore',
    stdout: options.show ? ['pipe', 'inherit'] : 'pipe',
    stderr: options.show ? ['pipe', 'inherit'] : 'pipe',
    ...(options.signal && { cancelSignal: options.signal }),
  });
  return { ok: !result.failed, output: result.all };
}

/**
 * What a process of ours needs besides its settings: PATH with this process's Node first, whatever Node the
 * machine has besides, and where compiled sources are kept, if anywhere (run-tests.ts).
 */
export function nodeEnvironment(): Record<string, string> {
  const cache = process.env['NODE_COMPILE_CACHE'];
  return {
    PATH: [dirname(process.execPath), process.env['PATH']].filter(Boolean).join(delimiter),
    ...(cache && { NODE_COMPILE_CACHE: cache }),
  };
}
