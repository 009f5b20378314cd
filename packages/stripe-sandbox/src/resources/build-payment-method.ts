import { createHmac } from 'node:crypto';
import type Stripe from 'stripe';
import { brandOf } from '../check-card-entry.ts';
import type { Account } from '../context.ts';
import { newId } from '../ids.ts';
import type { Row } from '../stored-objects.ts';
import type { TestCard } from '../test-cards.ts';

type NewCard = {
  card: TestCard;
  expMonth: number;
  expYear: number;
  cvcGiven: boolean;
  billingDetails: Stripe.PaymentMethod.BillingDetails;
  allowRedisplay: Stripe.PaymentMethod.AllowRedisplay;
  metadata: Stripe.Metadata;
};

/** Makes and keeps an unattached card. Of its number only the last 4 digits and a salted hash stay. */
export function makeCardPaymentMethod(account: Account, given: NewCard): Row<'payment_method'> {
  const object: Stripe.PaymentMethod = {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: given.allowRedisplay,
    billing_details: given.billingDetails,
    card: buildCard(account, given),
    created: account.ctx.clock.seconds(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: given.metadata,
    type: 'card',
  };
  const row: Row<'payment_method'> = {
    object,
    hidden: { behaviour: given.card.alias, authenticated: false, spent: false },
  };
  account.ctx.store.insert(account.id, 'payment_method', row);
  return row;
}

function buildCard(account: Account, given: NewCard): Stripe.PaymentMethod.Card {
  const { card } = given;
  const brand = brandOf(card.number);
  const line1 = given.billingDetails.address?.line1 ?? null;
  const postalCode = given.billingDetails.address?.postal_code ?? null;
  return {
    brand,
    checks: {
      address_line1_check: line1 === null ? null : (card.checks?.line1 ?? 'pass'),
      address_postal_code_check: postalCode === null ? null : (card.checks?.postalCode ?? 'pass'),
      cvc_check: given.cvcGiven ? (card.checks?.cvc ?? 'pass') : null,
    },
    country: card.country ?? 'US',
    display_brand: brand === 'amex' ? 'american_express' : brand,
    exp_month: given.expMonth,
    exp_year: given.expYear,
    fingerprint: fingerprintOf(account.ctx.fingerprintSalt, card.number),
    funding: card.funding ?? 'credit',
    generated_from: null,
    last4: card.number.slice(-4),
    networks: { available: [brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: card.threeDSecure !== 'not_supported' },
    wallet: null,
  };
}

/** The same for the same number in one data folder; the number cannot be got back from it. */
export function fingerprintOf(salt: string, number: string): string {
  return createHmac('sha256', salt).update(number).digest('base64url').slice(0, 16);
}
