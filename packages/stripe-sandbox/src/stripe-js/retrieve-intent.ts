import type { PaymentIntent, SetupIntent, Stripe } from '@stripe/stripe-js';
import { intentPath } from './intent-kinds.ts';
import type { Intent, IntentAnswer, IntentKind } from './intent-kinds.ts';
import { getFromSandbox } from './sandbox-client.ts';
import type { SandboxClient } from './sandbox-client.ts';

/** An intent as a browser may see it. Throws on a malformed secret only. */
export async function retrieveIntent<I extends Intent>(
  client: SandboxClient,
  kind: IntentKind,
  secret: string,
  caller: string,
): Promise<IntentAnswer<I>> {
  // As Stripe.js does it: the one place where a client secret stands in a query (stripe.md 4.5).
  const query = `?client_secret=${encodeURIComponent(secret)}`;
  const answer = await getFromSandbox<I>(client, intentPath(kind, secret, caller) + query);
  return answer.ok ? { ok: true, intent: answer.body } : answer;
}

/** `stripe.retrievePaymentIntent`: `{paymentIntent}` or `{error}`; throws on a malformed secret. */
export function retrievePaymentIntent(client: SandboxClient): Stripe['retrievePaymentIntent'] {
  return async (secret) => {
    const caller = 'retrievePaymentIntent()';
    const answer = await retrieveIntent<PaymentIntent>(client, 'payment', secret, caller);
    return answer.ok ? { paymentIntent: answer.intent } : { error: answer.error };
  };
}

/** `stripe.retrieveSetupIntent`: `{setupIntent}` or `{error}`; throws on a malformed secret. */
export function retrieveSetupIntent(client: SandboxClient): Stripe['retrieveSetupIntent'] {
  return async (secret) => {
    const caller = 'retrieveSetupIntent()';
    const answer = await retrieveIntent<SetupIntent>(client, 'setup', secret, caller);
    return answer.ok ? { setupIntent: answer.intent } : { error: answer.error };
  };
}
