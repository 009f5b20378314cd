import type { Clock } from './clock.ts';
import type { Store } from './store.ts';

/** What one running sandbox shares among all its accounts. */
export type SandboxContext = {
  store: Store;
  clock: Clock;
  /** Where browsers reach this sandbox, such as `http://127.0.0.1:3002`; known once it listens. */
  baseUrl: string;
  /** What Checkout calls the merchant. */
  accountName: string;
  /** Mixed into card fingerprints, made once per data folder. */
  fingerprintSalt: string;
  /** Tells the delivery loop that there is something new to send. */
  wakeDeliveries: () => void;
};

/** The API request that is being answered; null when the sandbox acts by itself or for a page. */
type RequestContext = {
  id: string;
  idempotencyKey: string | null;
  /** Whether a secret or a publishable key came with it. */
  access: 'secret' | 'publishable';
  /** The `Stripe-Version` header, null when there was none. */
  version: string | null;
};

/** The account a key pair belongs to: every resource function works inside one. */
export type Account = {
  id: string;
  publishableKey: string;
  ctx: SandboxContext;
  request: RequestContext | null;
};

/** The account that belongs to the part of a key after `sk_test_` or `pk_test_`. */
export function openAccount(
  ctx: SandboxContext,
  keySuffix: string,
  request: RequestContext | null,
): Account {
  return {
    id: ctx.store.accountFor(keySuffix),
    publishableKey: `pk_test_${keySuffix}`,
    ctx,
    request,
  };
}

/** The account that owns an object, for pages that come without a key; undefined for unknown ids. */
export function findOwner(ctx: SandboxContext, objectId: string): Account | undefined {
  const suffix = ctx.store.ownerKeyOf(objectId);
  return suffix === undefined ? undefined : openAccount(ctx, suffix, null);
}
