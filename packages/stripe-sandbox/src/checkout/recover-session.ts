import type Stripe from 'stripe';
import { findOwner } from '../context.ts';
import type { Account, SandboxContext } from '../context.ts';
import { newId, newSessionId, randomText } from '../ids.ts';
import { ownerIdOf } from '../owner.ts';
import { makeSetupIntent } from '../resources/build-setup-intent.ts';
import type { Row } from '../stored-objects.ts';
import { pageUrl } from './build-session.ts';
import { offerTypes } from './open-session-intent.ts';

const DAY = 24 * 60 * 60;

/**
 * Gives an expired session its recovery link, which holds for 30 days (stripe.md 2.7). Whoever has the
 * link may open the session anew: half of it is random.
 */
export function offerRecovery(account: Account, { object, hidden }: Row<'checkout.session'>): void {
  const recovery = object.after_expiration?.recovery;
  if (recovery?.enabled !== true) return;
  hidden.recoveryToken = randomText(32);
  recovery.url = `${account.ctx.baseUrl}/r/${object.id}-${hidden.recoveryToken}`;
  recovery.expires_at = account.ctx.clock.seconds() + 30 * DAY;
}

/**
 * Opens the session behind a recovery link anew and gives its page's address; null for a link that is
 * unknown or too old. Each visit makes a session of its own.
 */
export function recoverSession(ctx: SandboxContext, link: string): string | null {
  const mark = link.indexOf('-');
  const id = link.slice(0, mark);
  const account = mark < 0 ? undefined : findOwner(ctx, id);
  const expired = account && ctx.store.find(account.id, 'checkout.session', id);
  if (account === undefined || expired === undefined) return null;
  const recovery = expired.object.after_expiration?.recovery;
  const late = (recovery?.expires_at ?? 0) <= ctx.clock.seconds();
  if (late || expired.hidden.recoveryToken !== link.slice(mark + 1)) return null;
  return ctx.store.transaction(() => reopen(account, expired)).url;
}

function reopen(account: Account, expired: Row<'checkout.session'>): Stripe.Checkout.Session {
  const { store, clock } = account.ctx;
  const { object: before, hidden } = structuredClone(expired);
  const { return_url: returnUrl, ...rest } = before;
  delete rest.redirect_on_completion;
  const id = newSessionId();
  const object: Stripe.Checkout.Session = {
    ...rest,
    id,
    created: clock.seconds(),
    expires_at: clock.seconds() + DAY,
    payment_intent: null,
    recovered_from: before.id,
    setup_intent: null,
    status: 'open',
    success_url: before.success_url ?? returnUrl ?? null,
    ui_mode: 'hosted_page',
    url: pageUrl(account, id),
  };
  const { recovery } = object.after_expiration ?? { recovery: null };
  if (recovery !== null) {
    object.allow_promotion_codes = recovery.allow_promotion_codes || null;
    Object.assign(recovery, { expires_at: null, url: null });
  }
  hidden.recoveryToken = null;
  hidden.pageSecret = null;
  for (const item of hidden.lineItems) item.id = newId('li');
  if (object.mode === 'setup') object.setup_intent = renewIntent(account, before, object);
  store.insert(account.id, 'checkout.session', { object, hidden });
  return object;
}

function renewIntent(
  account: Account,
  before: Stripe.Checkout.Session,
  session: Stripe.Checkout.Session,
): string | null {
  if (typeof before.setup_intent !== 'string') return null;
  const old = account.ctx.store.find(account.id, 'setup_intent', before.setup_intent)?.object;
  const intent = makeSetupIntent(account, {
    customer: ownerIdOf(before),
    description: old?.description ?? null,
    metadata: old?.metadata ?? {},
    usage: 'off_session',
    automaticPaymentMethods: null,
    sessionId: session.id,
  });
  offerTypes(account, intent, session);
  return intent.object.id;
}
