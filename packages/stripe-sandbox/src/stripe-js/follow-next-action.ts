import type { StripeError } from '@stripe/stripe-js';
import { runChallengeModal } from './challenge-modal.ts';
import { lastErrorOf } from './intent-kinds.ts';
import type { Intent, IntentAnswer, IntentKind } from './intent-kinds.ts';
import { retrieveIntent } from './retrieve-intent.ts';
import type { SandboxClient } from './sandbox-client.ts';

/** The page is about to be left: whoever waits for the answer waits for the rest of its life. */
export function leaveFor(url: string): Promise<never> {
  window.location.assign(url);
  return new Promise(() => {});
}

function challengeUrlOf(intent: Intent): string | undefined {
  const details: unknown = intent.next_action?.use_stripe_sdk;
  if (typeof details !== 'object' || details === null || !('stripe_js' in details))
    return undefined;
  return typeof details.stripe_js === 'string' ? details.stripe_js : undefined;
}

/** An intent that its bank or its shopper refused, as the error that Stripe.js resolves with. */
function refusalOf(intent: Intent): StripeError | null {
  const error = lastErrorOf(intent);
  if (intent.status !== 'requires_payment_method' || error === null) return null;
  return { ...error, [intent.object]: intent };
}

/**
 * Does what an intent asks of the shopper: the bank's page in a modal for `use_stripe_sdk`, leaving
 * for another page for `redirect_to_url`. Every other action is the merchant's own.
 */
export async function followNextAction<I extends Intent>(
  client: SandboxClient,
  kind: IntentKind,
  intent: I,
  secret: string,
): Promise<IntentAnswer<I>> {
  if (intent.status !== 'requires_action') return settled(intent);
  const redirect = intent.next_action?.redirect_to_url?.url ?? undefined;
  if (redirect !== undefined) return leaveFor(redirect);
  const challenge = challengeUrlOf(intent);
  if (challenge === undefined) return { ok: true, intent };
  await runChallengeModal(client.origin, challenge, intent.id);
  const after = await retrieveIntent<I>(client, kind, secret, 'confirm');
  return after.ok ? settled(after.intent) : after;
}

function settled<I extends Intent>(intent: I): IntentAnswer<I> {
  const error = refusalOf(intent);
  return error === null ? { ok: true, intent } : { ok: false, error };
}
