import type { StripeElementsOptionsMode } from '@stripe/stripe-js';
import type { ElementsSession } from '../element-frames/elements-session.ts';
import { encodeForm } from './encode-form.ts';
import { getFromSandbox } from './sandbox-client.ts';
import type { Answer, SandboxClient } from './sandbox-client.ts';

/** What `elements()` was made for: an intent that exists, or one that will be made later. */
export type ElementsSource =
  { clientSecret: string } | { deferred: StripeElementsOptionsMode } | { nothing: true };

/** Asks the sandbox which methods an Elements object offers, and which cards are saved. */
export function loadElementsSession(
  client: SandboxClient,
  source: ElementsSource,
  customerSessionClientSecret: string | undefined,
): Promise<Answer<ElementsSession>> {
  const query = encodeForm({
    ...('clientSecret' in source ? { client_secret: source.clientSecret } : {}),
    ...('deferred' in source ? deferredOptions(source.deferred) : {}),
    customer_session_client_secret: customerSessionClientSecret,
  });
  return getFromSandbox(client, `/v1/elements/sessions?${query.toString()}`);
}

function deferredOptions(options: StripeElementsOptionsMode) {
  return {
    mode: options.mode,
    currency: options.currency,
    amount: 'amount' in options ? options.amount : undefined,
    setup_future_usage: options.setupFutureUsage ?? options.setup_future_usage ?? undefined,
    allowed_payment_method_types: options.allowedPaymentMethodTypes,
    excluded_payment_method_types: options.excludedPaymentMethodTypes,
  };
}
