import type {
  PaymentIntent,
  PaymentIntentResult,
  SetupIntent,
  SetupIntentResult,
} from '@stripe/stripe-js';
import { confirmIntent, paymentResult, setupResult } from './confirm-intent.ts';
import type { FormValue } from './encode-form.ts';
import { integrationError } from './integration-error.ts';
import { intentPath } from './intent-kinds.ts';
import type { Intent, IntentAnswer, IntentKind } from './intent-kinds.ts';
import { readMethodData } from './read-method-data.ts';
import type { SandboxClient } from './sandbox-client.ts';

type Options = { handleActions?: boolean };
type Data = { [name: string]: unknown; payment_method?: unknown };

async function confirmByType<I extends Intent>(
  client: SandboxClient,
  kind: IntentKind,
  type: string,
  caller: string,
  [secret, data, options]: [string, object | undefined, Options | undefined],
): Promise<IntentAnswer<I>> {
  intentPath(kind, secret, caller);
  if (data !== undefined && (typeof data !== 'object' || data === null)) {
    throw integrationError(`Invalid value for ${caller}: data should be an object.`);
  }
  const { payment_method: given, ...rest }: Data = { ...data };
  const method = await readMethodData(type, given, caller);
  if (!method.ok) return method;
  return confirmIntent<I>(client, {
    kind,
    secret,
    caller,
    methodType: type,
    handleActions: options?.handleActions !== false,
    params: { ...(rest as { [name: string]: FormValue }), ...method.params },
  });
}

type PaymentCall = (
  secret: string,
  data?: object,
  options?: Options,
) => Promise<PaymentIntentResult>;
type SetupCall = (secret: string, data?: object, options?: Options) => Promise<SetupIntentResult>;

/**
 * `stripe.confirmCardPayment` and its sisters for one type of method: `{paymentIntent}` or
 * `{error}`. Mistakes in the call reject. `handleActions: false` leaves 3D Secure to the page.
 */
export function confirmPaymentByType(
  client: SandboxClient,
  type: string,
  name: string,
): PaymentCall {
  return async (...args) =>
    paymentResult(
      await confirmByType<PaymentIntent>(client, 'payment', type, `stripe.${name}()`, fill(args)),
    );
}

/** `stripe.confirmCardSetup` and its sisters. */
export function confirmSetupByType(client: SandboxClient, type: string, name: string): SetupCall {
  return async (...args) =>
    setupResult(
      await confirmByType<SetupIntent>(client, 'setup', type, `stripe.${name}()`, fill(args)),
    );
}

function fill(args: Parameters<PaymentCall>): [string, object | undefined, Options | undefined] {
  return [args[0], args[1], args[2]];
}
