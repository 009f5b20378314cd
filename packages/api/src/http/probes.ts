import {
  answerAlive,
  answerMetrics,
  answerReady,
} from '@onfile/payments/observability/answer-probe.ts';
import type { ProbeAnswer } from '@onfile/payments/observability/answer-probe.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { noForeignSources } from './policy-sources.ts';
import { setSecurityHeaders } from './security-headers.ts';

/** The process answers. */
export function aliveResponse(ownOrigin: string): Response {
  return asResponse(answerAlive(), ownOrigin);
}

/** Whether an app's process can do its work, check by check: 200 or 503. */
export async function readyResponse(runtime: Runtime, ownOrigin: string): Promise<Response> {
  return asResponse(await answerReady(runtime, 'app'), ownOrigin);
}

/** An app's metrics, for whoever bears the token; otherwise 404. */
export async function metricsResponse(
  runtime: Runtime,
  request: Request,
  ownOrigin: string,
): Promise<Response> {
  const authorization = request.headers.get('authorization');
  // An app is reached from everywhere.
  const answer = await answerMetrics(runtime, { authorization, isLoopbackOnly: false });
  return asResponse(answer, ownOrigin);
}

function asResponse(answer: ProbeAnswer, ownOrigin: string): Response {
  const headers = new Headers({ 'content-type': answer.contentType });
  setSecurityHeaders(headers, { ownOrigin, sources: noForeignSources, referrer: 'none' });
  return new Response(answer.body, { status: answer.status, headers });
}
