import { getRequestListener } from '@hono/node-server';
import type { HttpBindings } from '@hono/node-server';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Hono } from 'hono';
import { errorBody } from './run-endpoint.ts';

const MALFORMED = errorBody({
  type: 'invalid_request_error',
  message: 'Invalid request: this is not a well-formed HTTP request.',
});

/** A node server over the app: what is not even HTTP gets Stripe's envelope, too. */
export function createHttpServer(app: Hono<{ Bindings: HttpBindings }>): Server {
  const answer = getRequestListener(app.fetch, {
    errorHandler: () =>
      new Response(MALFORMED, { status: 400, headers: { 'content-type': 'application/json' } }),
  });
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  server.on('clientError', (_error, socket) => {
    if (!socket.writable) return;
    socket.end(
      `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${String(MALFORMED.length)}\r\nConnection: close\r\n\r\n${MALFORMED}`,
    );
  });
  return server;
}

/** Listens; a port in use is a sentence that names it. Gives the port. */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${String(port)} on ${host} is in use; set SANDBOX_PORT to another.`)
          : error,
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
