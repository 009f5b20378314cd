import type Stripe from 'stripe';
import type { Account } from '../../context.ts';
import { idOf, newId } from '../../ids.ts';

export type NewSubscription = {
  customer: string;
  prices: { price: Stripe.Price; quantity: number }[];
  defaultMethod: string | null;
  /** When the trial ends, unix seconds; null: there is none. */
  trialEnd: number | null;
  /** What a trial ends in when there is no payment method by then. */
  withoutMethod: string;
  metadata: Stripe.Metadata;
  description: string | null;
};

/** A subscription as Stripe shows it; the sandbox makes no invoices for it. */
export function buildSubscription(account: Account, given: NewSubscription): Stripe.Subscription {
  const id = newId('sub').slice(0, 28);
  const now = account.ctx.clock.seconds();
  const { trialEnd } = given;
  return {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: trialEnd ?? now,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: {}, type: 'flexible' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: 'charge_automatically',
    created: now,
    currency: given.prices[0]?.price.currency ?? 'usd',
    customer: given.customer,
    customer_account: null,
    days_until_due: null,
    default_payment_method: given.defaultMethod,
    default_source: null,
    default_tax_rates: [],
    description: given.description,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: {
      object: 'list',
      data: given.prices.map((item) => buildItem(id, item, now, trialEnd)),
      has_more: false,
      url: `/v1/subscription_items?subscription=${id}`,
    },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: given.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: null,
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: trialEnd === null ? 'active' : 'trialing',
    test_clock: null,
    transfer_data: null,
    trial_end: trialEnd,
    trial_settings: {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: given.withoutMethod },
    },
    trial_start: trialEnd === null ? null : now,
  };
}

function buildItem(
  subscription: string,
  { price, quantity }: NewSubscription['prices'][number],
  now: number,
  trialEnd: number | null,
): Stripe.SubscriptionItem {
  return {
    id: newId('si').slice(0, 17),
    object: 'subscription_item',
    billing_thresholds: null,
    created: now,
    current_period_end: trialEnd ?? periodEnd(price, now),
    current_period_start: now,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: planOf(price),
    price,
    quantity,
    subscription,
    tax_rates: [],
  };
}

/** One interval later; the last day of a month when the day does not exist. */
function periodEnd(price: Stripe.Price, now: number): number {
  const { interval = 'month', interval_count: count = 1 } = price.recurring ?? {};
  const DAY = 24 * 60 * 60;
  if (interval === 'day') return now + count * DAY;
  if (interval === 'week') return now + count * 7 * DAY;
  const start = new Date(now * 1000);
  const months = interval === 'year' ? count * 12 : count;
  const end = new Date(start);
  end.setUTCDate(1);
  end.setUTCMonth(start.getUTCMonth() + months + 1, 0);
  end.setUTCDate(Math.min(start.getUTCDate(), end.getUTCDate()));
  return Math.floor(end.getTime() / 1000);
}

/** The same price in the words of the older Plans API, which items still carry. */
function planOf(price: Stripe.Price): Stripe.Plan {
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? 'month',
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: price.recurring?.meter ?? null,
    nickname: price.nickname,
    product: idOf(price.product),
    tiers_mode: price.tiers_mode,
    transform_usage: null,
    trial_period_days: price.recurring?.trial_period_days ?? null,
    usage_type: price.recurring?.usage_type ?? 'licensed',
  };
}
