import type {
  PaymentIntentResult,
  PaymentIntent,
  SetupIntent,
  SetupIntentResult,
} from '@stripe/stripe-js';
import type { FormValue } from './encode-form.ts';
import { followNextAction } from './follow-next-action.ts';
import { intentPath } from './intent-kinds.ts';
import type { Intent, IntentAnswer, IntentKind } from './intent-kinds.ts';
import { postToSandbox } from './sandbox-client.ts';
import type { SandboxClient } from './sandbox-client.ts';

const DEBITS: readonly string[] = ['sepa_debit', 'au_becs_debit', 'us_bank_account'];

/** Whether a method needs the shopper's mandate, which Stripe.js gives for the page it runs in. */
export function isDebit(type: string | undefined): boolean {
  return type !== undefined && DEBITS.includes(type);
}

/** From where and with which browser is for the server to see. */
export const ONLINE_MANDATE = { customer_acceptance: { type: 'online' } };

export type Confirmation = {
  kind: IntentKind;
  secret: string;
  /** Whom an IntegrationError names, such as `stripe.confirmPayment()`. */
  caller: string;
  params: { [name: string]: FormValue };
  /** The type of the method, when it is known here. */
  methodType: string | undefined;
  /** False: the page handles `requires_action` by itself. */
  handleActions: boolean;
};

/** Confirms an intent with the publishable key, and does what it then asks of the shopper. */
export async function confirmIntent<I extends Intent>(
  client: SandboxClient,
  { kind, secret, caller, params, methodType, handleActions }: Confirmation,
): Promise<IntentAnswer<I>> {
  const path = `${intentPath(kind, secret, caller)}/confirm`;
  const mandate = isDebit(methodType) ? { mandate_data: ONLINE_MANDATE } : {};
  const answer = await postToSandbox<I>(client, path, {
    use_stripe_sdk: true,
    ...mandate,
    ...params,
    client_secret: secret,
  });
  if (!answer.ok) return answer;
  if (!handleActions) return { ok: true, intent: answer.body };
  return followNextAction<I>(client, kind, answer.body, secret);
}

export function paymentResult(answer: IntentAnswer<PaymentIntent>): PaymentIntentResult {
  return answer.ok ? { paymentIntent: answer.intent } : { error: answer.error };
}

export function setupResult(answer: IntentAnswer<SetupIntent>): SetupIntentResult {
  return answer.ok ? { setupIntent: answer.intent } : { error: answer.error };
}
