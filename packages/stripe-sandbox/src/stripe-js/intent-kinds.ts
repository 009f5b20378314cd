import type { PaymentIntent, SetupIntent, StripeError } from '@stripe/stripe-js';
import { idFromClientSecret } from './client-secret.ts';
import { integrationError } from './integration-error.ts';

export type IntentKind = 'payment' | 'setup';
export type Intent = PaymentIntent | SetupIntent;

export type IntentAnswer<I extends Intent = Intent> =
  { ok: true; intent: I } | { ok: false; error: StripeError };

const PREFIXES = { payment: 'pi', setup: 'seti' };

/** Which intent a client secret belongs to; an IntegrationError that names the caller otherwise. */
export function kindOfSecret(secret: unknown, caller: string): IntentKind {
  if (typeof secret === 'string' && /^pi_.+_secret_/.test(secret)) return 'payment';
  if (typeof secret === 'string' && /^seti_.+_secret_/.test(secret)) return 'setup';
  throw integrationError(
    `Invalid value for ${caller}: clientSecret should be a client secret of the form \${id}_secret_\${secret}.`,
  );
}

/** `/v1/payment_intents/pi_…` for a client secret, or an IntegrationError that names the caller. */
export function intentPath(kind: IntentKind, secret: unknown, caller: string): string {
  return `/v1/${kind}_intents/${idFromClientSecret(secret, PREFIXES[kind], caller)}`;
}

export function lastErrorOf(intent: Intent): StripeError | null {
  return intent.object === 'payment_intent' ? intent.last_payment_error : intent.last_setup_error;
}
