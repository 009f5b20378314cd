import type { TestRuntime } from './test-runtime.ts';

/**
 * Signs an event as Stripe does, at the story's own time.
 * @param how.secret the endpoint's newest unless told otherwise
 */
export function signEvent(
  { runtime, clock }: TestRuntime,
  payload: string,
  how: { secondsAgo?: number; secret?: string | undefined } = {},
): string {
  return runtime.stripe.webhooks.generateTestHeaderString({
    payload,
    secret: how.secret ?? runtime.settings.stripe.webhookSecrets[0] ?? '',
    timestamp: Math.floor(clock.now() / 1_000) - (how.secondsAgo ?? 0),
  });
}
