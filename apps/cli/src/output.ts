import type { Command } from 'commander';
import colors from 'picocolors';

/** Something the operator can act on; its message is one sentence or more. */
export class CommandError extends Error {
  override name = 'CommandError';
}

/** Whether a program reads the answer, not a person. */
export function isJson(command: Command): boolean {
  return command.optsWithGlobals<{ json?: boolean }>().json === true;
}

/** Prints a command's result: sentences for people, or with `--json` the facts as one line. */
export function tell(command: Command, sentences: string[], facts: Record<string, unknown>): void {
  console.log(isJson(command) ? JSON.stringify({ ok: true, ...facts }) : sentences.join('\n'));
}

/** Prints why a command failed: never a stack, which tells an operator nothing. */
export function tellFailure(problem: unknown, json: boolean): void {
  const sentence = problem instanceof Error ? problem.message : String(problem);
  if (json) console.log(JSON.stringify({ ok: false, error: sentence }));
  else console.error(colors.red(sentence));
}
