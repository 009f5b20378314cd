import type { Command } from 'commander';
import colors from 'picocolors';

/** Something the operator can act on; its message is one sentence or more. */
export class CommandError extends Error {
  override name = 'CommandError';
}

/** Prints a command's result: sentences for people, or with `--json` the facts as one line. */
export function tell(command: Command, sentences: string[], facts: Record<string, unknown>): void {
  const { json } = command.optsWithGlobals<{ json?: boolean }>();
  console.log(json ? JSON.stringify({ ok: true, ...facts }) : sentences.join('\n'));
}

/** Prints why a command failed: never a stack, which tells an operator nothing. */
export function tellFailure(problem: unknown, json: boolean): void {
  const sentence = problem instanceof Error ? problem.message : String(problem);
  if (json) console.log(JSON.stringify({ ok: false, error: sentence }));
  else console.error(colors.red(sentence));
}
