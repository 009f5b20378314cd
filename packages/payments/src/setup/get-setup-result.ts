import { findCheckoutSessionByStripeId } from '@onfile/db/tables/checkout-sessions.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { isPassing } from '../stripe/classify-error.ts';
import { settleCheckoutSession } from './settle-checkout-session.ts';
import type { SetupState } from './setup-state.ts';
import { settledState } from './setup-state.ts';

/**
 * What the return page shows. The session's id is in the address bar, so anybody may bring one:
 * it must belong to the shopper who asks.
 * @throws Refusal `not_found` for a session that does not exist or is somebody else's
 */
export async function getSetupResult(
  runtime: Runtime,
  ask: { customerId: string; stripeSessionId: string },
): Promise<SetupState> {
  const row = await findCheckoutSessionByStripeId(runtime.db, ask.stripeSessionId);
  if (row?.customerId !== ask.customerId || row.mode !== 'setup') {
    throw new Refusal('not_found', 'stripeSessionId');
  }
  const settled = settledState(row);
  if (settled) return settled;
  const actor = { kind: 'shopper' as const, id: ask.customerId };
  try {
    const state = await settleCheckoutSession(runtime, ask.stripeSessionId, actor);
    return state ?? { state: 'waiting' };
  } catch (error) {
    // The webhook or the worker will settle it; the page says that it is under way, not nothing.
    const isUnavailable = error instanceof Refusal && error.code === 'stripe_unavailable';
    if (isUnavailable || isPassing(error)) return { state: 'waiting' };
    throw error;
  }
}
