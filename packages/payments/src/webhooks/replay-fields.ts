/**
 * What is left of an event once its payload is reduced: enough for its handler to find out what it
 * is about and to ask Stripe, which it does whenever `api_version` is not ours. Whoever makes a
 * handler read another field before it asks adds that field here, with its reason.
 */

/** Of the event itself. */
export const replayedOfEvent: Record<string, string> = {
  id: 'audit rows name it',
  object: 'tells a snapshot from a notification of v2',
  type: 'chooses the handler',
  created: 'the order of things; a number, or text in v2',
  livemode: 'whether it may be handled here at all',
  context: 'the account that a notification of v2 is of',
};

/** Of what a notification of v2 points at. */
export const replayedOfRelated: Record<string, string> = {
  id: 'asked for by it',
  type: 'what kind of thing it is',
  url: 'a path: where it is asked for',
};

/** Of the object that it tells of (`data.object`). */
export const replayedOfObject: Record<string, string> = {
  id: 'every handler asks Stripe by it',
  object: 'what kind of thing the id is of',
  client_reference_id: 'checkout-session: whether the Session is ours',
  mode: 'checkout-session: which of the two settles it',
  payment_intent: 'refund, dispute, fraud-warning: whether it is about a payment of ours',
  charge: 'fraud-warning: finds the intent where the warning does not name it',
  fraud_type: 'fraud-warning: what the audit row says of it',
  status: 'what staff see of it in the list; no handler takes it for final',
};

/** Our own marks in `metadata`: they name rows of ours. */
export const replayedMark = 'onfile_';
