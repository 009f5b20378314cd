import { setTimeout as wait } from 'node:timers/promises';
import { mayWriteToStripe } from '../environment/guard.ts';
import type { Runtime } from '../runtime.ts';

/**
 * Does `work` again and again until the signal: at once while there is more to do, after
 * `idleMs` when there is nothing, and after a pause when it failed. A failing loop never ends the
 * process, and never hides: each failure is logged. On a database that belongs to another environment
 * nothing is done, not even mailed: its shoppers are another shop's.
 */
export async function runLoop(
  runtime: Runtime,
  loop: { name: string; work: (runtime: Runtime) => Promise<number>; idleMs: number },
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    let pauseMs = loop.idleMs;
    try {
      if (!(await mayWriteToStripe(runtime))) pauseMs = Math.max(loop.idleMs, 1_000);
      else if ((await loop.work(runtime)) > 0) pauseMs = 0;
    } catch (error) {
      runtime.log.error({ loop: loop.name, err: error }, 'loop failed');
      pauseMs = Math.max(loop.idleMs, 1_000);
    }
    if (pauseMs > 0) await wait(pauseMs, undefined, { signal: stop }).catch(() => undefined);
  }
}
