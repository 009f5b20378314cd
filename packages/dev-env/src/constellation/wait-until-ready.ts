import { waitUntil } from '../wait-until.ts';
import type { Child } from './child.ts';
import { StartError } from './ports.ts';
import type { Ports } from './ports.ts';

const patienceMs = 60_000;

/**
 * Resolves when the child answers over HTTP; the worker, which has no port, when it said that it
 * runs.
 * @throws StartError with the end of its output when it ended instead
 */
export async function waitUntilReady(child: Child, ports: Ports): Promise<void> {
  const isReady = async (): Promise<boolean> => {
    if (child.hasEnded()) {
      const how = await child.ended;
      throw new StartError(`The ${child.name} ${how}.\n${lastLines(child)}`);
    }
    if (child.name === 'worker') return child.saysReady();
    return answers(`http://127.0.0.1:${String(ports[child.name])}/`);
  };
  await waitUntil(`the ${child.name} to answer`, isReady, patienceMs);
}

/** The end of what a child said, for people who look for a cause. */
export function lastLines(child: Child): string {
  return child.output().trimEnd().split('\n').slice(-15).join('\n');
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) }).then(
    async (answer) => {
      await answer.body?.cancel();
      return true;
    },
    () => false,
  );
}
