import type { PaymentIntent, SetupIntent, Stripe } from '@stripe/stripe-js';
import { idFromClientSecret } from './client-secret.ts';
import { getFromSandbox } from './sandbox-client.ts';
import type { SandboxClient } from './sandbox-client.ts';

function pathOf(collection: string, id: string, secret: string): string {
  // As Stripe.js does it: the one place where a client secret stands in a query (stripe.md 4.5).
  return `/v1/${collection}/${id}?client_secret=${encodeURIComponent(secret)}`;
}

/** `stripe.retrievePaymentIntent`: `{paymentIntent}` or `{error}`; throws on a malformed secret. */
export function retrievePaymentIntent(client: SandboxClient): Stripe['retrievePaymentIntent'] {
  return async (clientSecret) => {
    const id = idFromClientSecret(clientSecret, 'pi', 'retrievePaymentIntent()');
    const path = pathOf('payment_intents', id, clientSecret);
    const answer = await getFromSandbox<PaymentIntent>(client, path);
    return answer.ok ? { paymentIntent: answer.body } : { error: answer.error };
  };
}

/** `stripe.retrieveSetupIntent`: `{setupIntent}` or `{error}`; throws on a malformed secret. */
export function retrieveSetupIntent(client: SandboxClient): Stripe['retrieveSetupIntent'] {
  return async (clientSecret) => {
    const id = idFromClientSecret(clientSecret, 'seti', 'retrieveSetupIntent()');
    const path = pathOf('setup_intents', id, clientSecret);
    const answer = await getFromSandbox<SetupIntent>(client, path);
    return answer.ok ? { setupIntent: answer.body } : { error: answer.error };
  };
}
