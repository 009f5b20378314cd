import { setTimeout as wait } from 'node:timers/promises';
import type { Runtime } from '../runtime.ts';

/**
 * Does `work` again and again until the signal: at once while there is more to do, after
 * `idleMs` when there is nothing, and after a pause when it failed. A failing loop never ends the
 * process, and never hides: each failure is logged.
 */
export async function runLoop(
  runtime: Runtime,
  loop: { name: string; work: (runtime: Runtime) => Promise<number>; idleMs: number },
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    let pauseMs = loop.idleMs;
    try {
      if ((await loop.work(runtime)) > 0) pauseMs = 0;
    } catch (error) {
      runtime.log.error({ loop: loop.name, err: error }, 'loop failed');
      pauseMs = Math.max(loop.idleMs, 1_000);
    }
    if (pauseMs > 0) await wait(pauseMs, undefined, { signal: stop }).catch(() => undefined);
  }
}
