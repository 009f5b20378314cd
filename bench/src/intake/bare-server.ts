import { createServer } from 'node:http';
import { ownGuard } from '@onfile/dev-env/own-guard.ts';
import { openRuntime } from '@onfile/payments/runtime.ts';
import { parseSettings } from '@onfile/payments/settings.ts';
import { receiveStripeEvent } from '@onfile/payments/webhooks/receive-stripe-event.ts';

// What the storefront's endpoint is measured against: bare node:http around the very same intake
// (checks, verification, durable insert, group commit). What is left out is SvelteKit.
const runtime = openRuntime(parseSettings(process.env), { name: 'bare', guard: ownGuard() });

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const signature = request.headers['stripe-signature'];
    void receiveStripeEvent(runtime, {
      rawBody: Buffer.concat(chunks),
      signatureHeader: typeof signature === 'string' ? signature : null,
    }).then((answer) => response.writeHead(answer.status).end());
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});
process.once('disconnect', () => process.exit(0));
