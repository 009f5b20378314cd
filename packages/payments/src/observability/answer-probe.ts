import { createHash, timingSafeEqual } from 'node:crypto';
import type { Runtime } from '../runtime.ts';
import { checkReadiness } from './check-readiness.ts';
import { readMetrics } from './measure-backlog.ts';

/** An answer to whoever watches a process, over whatever HTTP server it has. */
export interface ProbeAnswer {
  status: 200 | 404 | 503;
  contentType: string;
  body: string;
}

/** The process answers: nothing else is asked. */
export function answerAlive(): ProbeAnswer {
  return { status: 200, contentType: 'text/plain; charset=utf-8', body: 'alive\n' };
}

/** 200 when the process can do its work, 503 when not; each check in words. */
export async function answerReady(
  runtime: Pick<Runtime, 'db' | 'clock' | 'stripe' | 'settings'>,
  process: 'app' | 'worker',
): Promise<ProbeAnswer> {
  const readiness = await checkReadiness(runtime, process);
  return {
    status: readiness.isReady ? 200 : 503,
    contentType: 'application/json',
    body: `${JSON.stringify(readiness)}\n`,
  };
}

/**
 * Metrics for whoever bears the token. Where none is set nobody gets them, unless the process is
 * reached from its own machine only. To anyone else it is as if they were not there.
 */
export async function answerMetrics(
  runtime: Pick<Runtime, 'db' | 'clock' | 'settings'>,
  asked: { authorization: string | null; isLoopbackOnly: boolean },
): Promise<ProbeAnswer> {
  const { metricsToken } = runtime.settings.observability;
  const mayRead =
    metricsToken === null
      ? asked.isLoopbackOnly
      : isSame(asked.authorization ?? '', `Bearer ${metricsToken}`);
  if (!mayRead) return nothingHere();
  const body = await readMetrics(runtime);
  return { status: 200, contentType: 'text/plain; version=0.0.4; charset=utf-8', body };
}

export function nothingHere(): ProbeAnswer {
  return { status: 404, contentType: 'text/plain; charset=utf-8', body: 'Not found\n' };
}

/** Takes as long whatever is given: hashes are compared, which are of one length. */
function isSame(given: string, expected: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}
