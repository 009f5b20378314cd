import type { BankOverrides } from './bank-overrides.ts';
import type { Clock } from './clock.ts';
import type { RequestLog } from './request-log.ts';
import type { Store } from './store.ts';
import type { Row } from './stored-objects.ts';
import type { WebhookFaults } from './webhook-faults.ts';

/** What one running sandbox shares among all its accounts. */
export type SandboxContext = {
  store: Store;
  clock: Clock;
  /** Where browsers reach this sandbox, such as `http://127.0.0.1:3002`; known once it listens. */
  baseUrl: string;
  /** What Checkout calls the merchant. */
  accountName: string;
  /** The terms of service in the merchant's public details; null: none, so no session may ask for them. */
  termsUrl: string | null;
  /** Mixed into card fingerprints, made once per data folder. */
  fingerprintSalt: string;
  /** Tells the delivery loop that there is something new to send. */
  wakeDeliveries: () => void;
  /** The newest API requests. */
  requests: RequestLog;
  /** What banks were told to say. */
  bank: BankOverrides;
  /** What is to go wrong with deliveries. */
  webhookFaults: WebhookFaults;
  /** Webhook endpoints by account, read once; forgotten when one of them changes. */
  listeners: Map<string, Row<'webhook_endpoint'>[]>;
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
