import type Stripe from 'stripe';
import { findOwner } from '../context.ts';
import type { Account, SandboxContext } from '../context.ts';

type FoundSession = {
  account: Account;
  session: Stripe.Checkout.Session;
  /** What a frame has to know; null for a hosted page, whose address is its proof. */
  pageSecret: string | null;
};

/** A Checkout Session and its account, by the id in a page's path. */
export function findSession(ctx: SandboxContext, sessionId: string): FoundSession | undefined {
  const account = findOwner(ctx, sessionId);
  const row = account && ctx.store.find(account.id, 'checkout.session', sessionId);
  if (!account || !row) return undefined;
  return { account, session: row.object, pageSecret: row.hidden.pageSecret };
}
