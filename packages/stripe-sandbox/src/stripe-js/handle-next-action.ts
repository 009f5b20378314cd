import type { PaymentIntent, Stripe } from '@stripe/stripe-js';
import { paymentResult } from './confirm-intent.ts';
import { followNextAction } from './follow-next-action.ts';
import { integrationError } from './integration-error.ts';
import { kindOfSecret } from './intent-kinds.ts';
import type { IntentAnswer, IntentKind } from './intent-kinds.ts';
import { retrieveIntent } from './retrieve-intent.ts';
import type { SandboxClient } from './sandbox-client.ts';

const NOUNS = { payment: 'PaymentIntent', setup: 'SetupIntent' };

async function handle(
  client: SandboxClient,
  kind: IntentKind,
  secret: string,
  caller: string,
): Promise<IntentAnswer> {
  const answer = await retrieveIntent(client, kind, secret, caller);
  if (!answer.ok) return answer;
  if (answer.intent.status !== 'requires_action') {
    throw integrationError(
      `${caller}: The ${NOUNS[kind]} supplied is not in the requires_action state.`,
    );
  }
  return followNextAction(client, kind, answer.intent, secret);
}

/** `stripe.handleNextAction`: rejects unless the intent is in `requires_action`. */
export function handleNextAction(client: SandboxClient): Stripe['handleNextAction'] {
  const caller = 'handleNextAction';
  return async (options: { clientSecret: string } | { hashedValue: string }) => {
    if (typeof options !== 'object' || options === null || !('clientSecret' in options)) {
      throw integrationError(`Missing value for ${caller}: the sandbox needs a clientSecret.`);
    }
    const kind = kindOfSecret(options.clientSecret, caller);
    const answer = await handle(client, kind, options.clientSecret, caller);
    if (!answer.ok) return { error: answer.error };
    return answer.intent.object === 'payment_intent'
      ? { paymentIntent: answer.intent }
      : { setupIntent: answer.intent };
  };
}

/** `stripe.handleCardAction`: for PaymentIntents that a server confirms by hand. */
export function handleCardAction(client: SandboxClient): Stripe['handleCardAction'] {
  return async (secret) => {
    const answer = await handle(client, 'payment', secret, 'handleCardAction');
    return paymentResult(answer as IntentAnswer<PaymentIntent>);
  };
}
