import { updateCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Runtime } from '../runtime.ts';
import { holdSession } from './hold-session.ts';

/** Stripe's page for this Session can no longer be used: final, whoever says it first. */
export function settleExpiredSession(
  runtime: Pick<Runtime, 'db' | 'clock'>,
  sessionId: string,
): Promise<void> {
  return inTransaction(runtime.db, async (tx) => {
    const { session } = await holdSession(tx, sessionId);
    if (session.status === 'expired') return;
    const now = runtime.clock.now();
    const change = { status: 'expired' as const, updatedAt: now, settledAt: now };
    await updateCheckoutSession(tx, sessionId, change);
  });
}
