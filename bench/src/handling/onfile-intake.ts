import { ownGuard } from '@onfile/dev-env/own-guard.ts';
import { openRuntime } from '@onfile/payments/runtime.ts';
import { parseSettings } from '@onfile/payments/settings.ts';
import { receiveStripeEvent } from '@onfile/payments/webhooks/receive-stripe-event.ts';
import { serveJobs } from '../child-process.ts';
import { deliver } from './deliver.ts';
import type { Deliveries } from './deliver.ts';

// Our intake, as the storefront does it, without the HTTP in front.
const runtime = openRuntime(parseSettings(process.env), { name: 'intake', guard: ownGuard() });

serveJobs((job: Deliveries) =>
  deliver(job, async (rawBody, signatureHeader) => {
    const answer = await receiveStripeEvent(runtime, { rawBody, signatureHeader });
    if (answer.status !== 200) throw new Error(answer.message);
  }),
);
