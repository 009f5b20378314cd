import { randomInt } from 'node:crypto';
import type Stripe from 'stripe';
import { declineFields } from '../declines.ts';
import type { DeclineCodes, DeclineName } from '../declines.ts';
import type { TestCard } from '../test-cards.ts';

/** What the network and Radar said about a card payment. */
export function buildOutcome(
  declined: DeclineName | null,
  card: TestCard | undefined,
  codes: DeclineCodes = {},
): Stripe.Charge.Outcome {
  if (declined === null) {
    const elevated = card?.risk === 'elevated';
    return {
      ...NO_CODES,
      network_status: 'approved_by_network',
      reason: elevated ? 'elevated_risk_level' : null,
      risk_level: elevated ? 'elevated' : 'normal',
      risk_score: elevated ? randomInt(65, 75) : randomInt(1, 60),
      seller_message: 'Payment complete.',
      type: 'authorized',
    };
  }
  if (declined === 'blocked') {
    return {
      ...NO_CODES,
      network_status: 'not_sent_to_network',
      reason: 'highest_risk_level',
      risk_level: 'highest',
      risk_score: randomInt(75, 100),
      seller_message: 'Stripe blocked this payment as too risky.',
      type: 'blocked',
    };
  }
  const fields = declineFields(declined, codes);
  const { decline_code } = fields;
  return {
    advice_code: fields.advice_code ?? null,
    network_advice_code: fields.network_advice_code ?? null,
    network_decline_code: fields.network_decline_code ?? null,
    network_status: 'declined_by_network',
    reason: decline_code ?? null,
    risk_level: 'normal',
    risk_score: randomInt(1, 60),
    seller_message: `The bank returned the decline code \`${decline_code ?? ''}\`.`,
    type: 'issuer_declined',
  };
}

const NO_CODES = { advice_code: null, network_advice_code: null, network_decline_code: null };

/** A bank debit or a redirect: approved, on its way, or sent back with a code. */
export function buildBankOutcome(
  status: 'succeeded' | 'pending' | 'failed',
  failureCode: string | null,
): Stripe.Charge.Outcome {
  return {
    ...NO_CODES,
    network_status: status === 'failed' ? 'declined_by_network' : 'approved_by_network',
    reason: failureCode,
    risk_level: 'not_assessed',
    seller_message:
      status === 'failed'
        ? `The bank returned the code \`${failureCode ?? ''}\`.`
        : 'Payment complete.',
    type: status === 'failed' ? 'issuer_declined' : 'authorized',
  };
}
