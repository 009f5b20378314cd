import type { PaymentIntent, SetupIntent, Stripe } from '@stripe/stripe-js';
import { paymentResult, setupResult } from './confirm-intent.ts';
import { intentPath } from './intent-kinds.ts';
import type { Intent, IntentAnswer, IntentKind } from './intent-kinds.ts';
import { postToSandbox } from './sandbox-client.ts';
import type { SandboxClient } from './sandbox-client.ts';

async function verify<I extends Intent>(
  client: SandboxClient,
  kind: IntentKind,
  secret: string,
  data: { amounts?: number[]; descriptor_code?: string } = {},
): Promise<IntentAnswer<I>> {
  const caller =
    kind === 'payment' ? 'verifyMicrodepositsForPayment' : 'verifyMicrodepositsForSetup';
  const path = `${intentPath(kind, secret, `stripe.${caller}()`)}/verify_microdeposits`;
  const answer = await postToSandbox<I>(client, path, { ...data, client_secret: secret });
  return answer.ok ? { ok: true, intent: answer.body } : answer;
}

/** `stripe.verifyMicrodepositsForPayment`: two amounts in cents, or the code of the statement. */
export function verifyMicrodepositsForPayment(
  client: SandboxClient,
): Stripe['verifyMicrodepositsForPayment'] {
  return async (secret, data) =>
    paymentResult(await verify<PaymentIntent>(client, 'payment', secret, data));
}

/** `stripe.verifyMicrodepositsForSetup`. */
export function verifyMicrodepositsForSetup(
  client: SandboxClient,
): Stripe['verifyMicrodepositsForSetup'] {
  return async (secret, data) =>
    setupResult(await verify<SetupIntent>(client, 'setup', secret, data));
}
