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
    env: { ...options.env, PATH: pathWithThisNode() },
    all: true,
    reject: false,
    stdin: 'ignore',
    stdout: options.show ? ['pipe', 'inherit'] : 'pipe',
    stderr: options.show ? ['pipe', 'inherit'] : 'pipe',
    ...(options.signal && { cancelSignal: options.signal }),
  });
  return { ok: !result.failed, output: result.all };
}

/** PATH with this process's Node first, whatever Node the machine has besides. */
export function pathWithThisNode(): string {
  return [dirname(process.execPath), process.env['PATH']].filter(Boolean).join(delimiter);
}
