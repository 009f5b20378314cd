import { encodeTime, monotonicFactory } from 'ulid';

/** One prefix a table, so that an id in a log names what it is. */
const prefixes = {
  customer: 'cust',
  paymentMethod: 'meth',
  termsVersion: 'terms',
  agreement: 'agr',
  checkoutSession: 'sess',
  payment: 'pay',
  paymentIntent: 'int',
  attempt: 'att',
  operation: 'op',
  audit: 'aud',
  chargeRequest: 'chreq',
  product: 'prod',
  order: 'ord',
  mail: 'mail',
  refund: 'ref',
  dispute: 'disp',
  refundRequest: 'refreq',
  recoveryLink: 'link',
  note: 'note',
  backFill: 'fill',
  driftRun: 'drift',
  driftFinding: 'find',
} as const;

const nextUlid = monotonicFactory();

/** A new id that sorts by time of making: `pay_01k…` (26 characters of ULID after the prefix). */
export function newId(kind: keyof typeof prefixes): string {
  return `${prefixes[kind]}_${nextUlid().toLowerCase()}`;
}

/**
 * The least id that could have been made so long ago: what was made since sorts after it. By the machine's
 * clock, as ids are.
 */
export function idOfAgo(kind: keyof typeof prefixes, ms: number): string {
  return `${prefixes[kind]}_${encodeTime(Date.now() - ms).toLowerCase()}${'0'.repeat(16)}`;
}

/** The shape of {@link newId}'s ids, for input schemas. */
export function idPattern(kind: keyof typeof prefixes): RegExp {
  return new RegExp(`^${prefixes[kind]}_[0-9a-hjkmnp-tv-z]{26}$`);
}
