import process from 'node:process';
import { ownGuard } from '@onfile/dev-env/own-guard.ts';
import { openRuntime } from '@onfile/payments/runtime.ts';
import { parseSettings } from '@onfile/payments/settings.ts';
import { receiveStripeEvent } from '@onfile/payments/webhooks/receive-stripe-event.ts';

// The least that a SvelteKit app needs to do what the storefront's endpoint does: no hooks, no other
// route, the body read in the ordinary way, and the very same intake.
let runtime: ReturnType<typeof openRuntime> | undefined;

export const POST = async ({ request }: { request: Request }): Promise<Response> => {
  runtime ??= openRuntime(parseSettings(process.env), { name: 'minimal', guard: ownGuard() });
  const answer = await receiveStripeEvent(runtime, {
    rawBody: Buffer.from(await request.arrayBuffer()),
    signatureHeader: request.headers.get('stripe-signature'),
  });
  return new Response(null, { status: answer.status });
};
