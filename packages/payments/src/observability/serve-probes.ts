import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Runtime } from '../runtime.ts';
import { SettingsError } from '../settings.ts';
import { answerAlive, answerMetrics, answerReady, nothingHere } from './answer-probe.ts';
import type { ProbeAnswer } from './answer-probe.ts';

const loopback = ['127.0.0.1', '::1', 'localhost'];

/**
 * Answers `/healthz`, `/readyz` and `/metrics` for a process that serves nothing else.
 * @param at.port 0: a free one
 * @throws SettingsError when the port cannot be had
 */
export async function serveProbes(
  runtime: Runtime,
  at: { port: number; host: string },
): Promise<{ url: string; close(): Promise<void> }> {
  const isLoopbackOnly = loopback.includes(at.host);
  const server = createServer((request, response) => {
    answer(runtime, request, isLoopbackOnly)
      .then((given) => send(response, request, given))
      .catch((error: unknown) => {
        runtime.log.error({ err: error }, 'probe not answered');
        response.writeHead(500).end();
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (problem: NodeJS.ErrnoException) =>
      reject(
        new SettingsError([
          `The worker cannot be asked at ${at.host}:${at.port} (${problem.code ?? 'no reason'}): ` +
            'set WORKER_PORT to another port, or to 0 for none.',
        ]),
      ),
    );
    server.listen(at, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${at.host.includes(':') ? `[${at.host}]` : at.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  runtime: Runtime,
  request: IncomingMessage,
  isLoopbackOnly: boolean,
): Promise<ProbeAnswer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return nothingHere();
  switch (request.url?.split('?')[0]) {
    case '/healthz':
      return answerAlive();
    case '/readyz':
      return answerReady(runtime, 'worker');
    case '/metrics': {
      const authorization = request.headers.authorization ?? null;
      return answerMetrics(runtime, { authorization, isLoopbackOnly });
    }
    default:
      return nothingHere();
  }
}

function send(response: ServerResponse, request: IncomingMessage, given: ProbeAnswer): void {
  response.writeHead(given.status, {
    'content-type': given.contentType,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : given.body);
}
