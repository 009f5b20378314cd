import type Stripe from 'stripe';
import { isAccountId } from '../owner.ts';
import { defaultMethodOf } from '../resources/default-method.ts';
import type { OpenPortal } from './find-portal-session.ts';

/** One saved method as the portal shows it. */
export type PortalMethod = {
  id: string;
  type: string;
  /** Of a card; null for bank accounts. */
  brand: string | null;
  last4: string | null;
  exp_month: number | null;
  exp_year: number | null;
  is_default: boolean;
};

/** What the portal's page shows. */
export type PortalView = {
  account_name: string;
  /** For the calls that a browser makes itself, such as confirming the SetupIntent of a new card. */
  publishable_key: string;
  owner: { name: string | null; email: string | null };
  /** Newest first. */
  payment_methods: PortalMethod[];
  /** Where "back" leads; null: nowhere. */
  return_url: string | null;
  /** The one thing the shopper was sent to do; null for the whole portal. */
  flow: Stripe.BillingPortal.Session.Flow | null;
};

/** Everything on the page of an open portal. */
export function portalView(portal: OpenPortal): PortalView {
  const { account, session, ownerId } = portal;
  const fallback = defaultMethodOf(account, ownerId);
  const { rows } = account.ctx.store.page(account.id, 'payment_method', {
    customer: ownerId,
    limit: 100,
  });
  return {
    account_name: account.ctx.accountName,
    publishable_key: account.publishableKey,
    owner: describeOwner(portal),
    payment_methods: rows.map(({ object }) => describeMethod(object, fallback)),
    return_url: session.object.return_url,
    flow: session.object.flow,
  };
}

function describeOwner({ account, ownerId }: OpenPortal): PortalView['owner'] {
  if (isAccountId(ownerId)) {
    const owner = account.ctx.store.find(account.id, 'v2.core.account', ownerId)?.object;
    return { name: owner?.display_name ?? null, email: owner?.contact_email ?? null };
  }
  const customer = account.ctx.store.find(account.id, 'customer', ownerId)?.object;
  return { name: customer?.name ?? null, email: customer?.email ?? null };
}

function describeMethod(method: Stripe.PaymentMethod, fallback: string | null): PortalMethod {
  const { id, type, card } = method;
  const bank = method.sepa_debit ?? method.au_becs_debit ?? method.us_bank_account;
  return {
    id,
    type,
    brand: card?.brand ?? null,
    last4: card?.last4 ?? bank?.last4 ?? null,
    exp_month: card?.exp_month ?? null,
    exp_year: card?.exp_year ?? null,
    is_default: id === fallback,
  };
}
