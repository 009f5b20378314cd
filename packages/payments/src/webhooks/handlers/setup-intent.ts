import type Stripe from 'stripe';
import { findCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { settleCheckoutSession } from '../../setup/settle-checkout-session.ts';
import { settledState } from '../../setup/setup-state.ts';
import type { Handler } from '../handlers.ts';

/**
 * A SetupIntent moved on: of a bank account, days after its page was done. Our Session is found by
 * the metadata that it gave the intent; a Session that is settled needs nothing more.
 */
export const handleSetupIntent: Handler = async (runtime, event, asking) => {
  const { metadata } = event.data.object as Stripe.SetupIntent;
  const ours = metadata?.['onfile_session'];
  const row = ours ? await findCheckoutSession(runtime.db, ours) : undefined;
  // While we do not know which Session Stripe has made, its own event will tell.
  if (!row?.stripeSessionId || settledState(row)) return;
  // Also of one that has ended: what was set up stands in the method, which no event carries.
  const sessionId = row.stripeSessionId;
  await asking.once(`session ${sessionId}`, () =>
    settleCheckoutSession(runtime, sessionId, { kind: 'stripe' }),
  );
};
