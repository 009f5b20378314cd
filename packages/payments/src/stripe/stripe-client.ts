import Stripe from 'stripe';
import type { StripeSettings } from '../settings.ts';
import type { Pace } from './pace-calls.ts';
import { strictHttpClient } from './strict-http-client.ts';

/** How long one call may take before its outcome counts as unknown, in milliseconds. */
const callTimeoutMs = 20_000;

/**
 * The SDK, unmodified. Retries are ours (`maxNetworkRetries: 0`): a call that moves money is
 * resent from its stored request alone, by whoever holds its lease.
 * @param mayWrite asked before each call that could change anything at Stripe
 */
export function stripeClient(
  settings: StripeSettings,
  pace: Pace,
  mayWrite: () => boolean = () => true,
): Stripe {
  return new Stripe(settings.secretKey, {
    maxNetworkRetries: 0,
    timeout: callTimeoutMs,
    telemetry: false,
    httpClient: strictHttpClient(pace, mayWrite),
    ...(settings.apiBase && {
      protocol: 'http' as const,
      host: settings.apiBase.hostname,
      port: settings.apiBase.port || '80',
    }),
  });
}
