import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { takeDelivery } from '@onfile/payments/webhooks/take-delivery.ts';
import { registerWebhookEndpoint } from './register-webhook-endpoint.ts';

/**
 * Stands in for the storefront's webhook endpoint in stories that run without the apps: registers
 * itself with the sandbox and puts the endpoint's secret into the runtime's settings.
 */
export async function receiveWebhooks(runtime: Runtime): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    passOn(runtime, request, response).catch((fault: unknown) => {
      response.writeHead(500).end(String(fault));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const endpoint = await registerWebhookEndpoint(
    runtime.stripe,
    `http://127.0.0.1:${String(port)}/webhooks/stripe`,
  );
  runtime.settings.stripe.webhookSecrets = [endpoint.secret];
  return {
    close: () =>
      new Promise((resolve, reject) => {
        server.close((problem) => (problem ? reject(problem) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function passOn(
  runtime: Runtime,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const signature = request.headers['stripe-signature'];
  const answer = await takeDelivery(runtime, {
    contentLength: request.headers['content-length'] ?? null,
    signatureHeader: typeof signature === 'string' ? signature : null,
    async readBody() {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
  });
  response.writeHead(answer.status).end(answer.message);
}
