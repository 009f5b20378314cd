import { SettingsError } from '@onfile/payments/settings.ts';
import { BuildError } from '../builds/build-if-stale.ts';
import type { ChildEnd, ChildGroup } from './child-group.ts';
import { StartError } from './ports.ts';
import { lastLines } from './wait-until-ready.ts';
import { whenRunnerEnds } from './when-runner-ends.ts';

/** What a command starts: tells of its group before anything runs in it. */
export type Start = (onGroup: (group: ChildGroup) => void) => Promise<{
  unexpectedEnd: Promise<ChildEnd>;
}>;

/**
 * Runs a group of processes until Ctrl-C or SIGTERM, or until one of them ends by itself. Ends
 * this process: 0 after a signal, 1 after anything else, which is told in sentences.
 */
export async function runUntilSignal(start: Start): Promise<never> {
  let group: ChildGroup | undefined;
  let isEnding = false;
  const end = async (code: number): Promise<never> => {
    await group?.stop();
    process.exit(code);
  };
  const endCalmly = (): void => {
    if (isEnding) return;
    isEnding = true;
    console.log('\nEnding …');
    void end(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, endCalmly);
  whenRunnerEnds(endCalmly);
  try {
    const { unexpectedEnd } = await start((opened) => (group = opened));
    const { child, how } = await unexpectedEnd;
    console.error(`The ${child.name} ${how}, so the rest is ended too. It said last:`);
    console.error(lastLines(child));
  } catch (problem) {
    // A signal ends the children under a start that then fails for it.
    if (isEnding) return new Promise<never>(() => undefined);
    console.error(tellProblem(problem));
  }
  isEnding = true;
  return end(1);
}

/** What a person can act on is a sentence; anything else is a fault of ours, with its stack. */
function tellProblem(problem: unknown): string {
  const isSentence =
    problem instanceof StartError ||
    problem instanceof SettingsError ||
    problem instanceof BuildError;
  if (isSentence) return problem.message;
  return problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
}
