import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { answerDelivery } from '@onfile/payments/webhooks/answer-delivery.ts';
import { registerWebhookEndpoint } from './register-webhook-endpoint.ts';

/**
 * Stands in for the storefront's webhook endpoint in stories that run without the apps: registers
 * itself with the sandbox and puts the endpoint's secret into the runtime's settings.
 */
export async function receiveWebhooks(runtime: Runtime): Promise<{ close(): Promise<void> }> {
  const server = createServer(
    (request, response) => void answerDelivery(runtime, request, response),
  );
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
