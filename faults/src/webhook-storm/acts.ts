import fc from 'fast-check';
import { pick } from '../door/pick.ts';
import type { Stock } from './owe-and-save.ts';
import type { Storm } from './storm.ts';

/** What somebody does at Stripe past Onfile, as in the Dashboard: its event is all that Onfile hears. */
export interface Act {
  kind:
    | 'renew'
    | 'refund'
    | 'attach'
    | 'detach'
    | 'end_hold'
    | 'expire_session'
    | 'dispute'
    | 'close_dispute';
  which: number;
  year: number;
  month: number;
  /** The shop: it takes what was held, it wins the dispute. */
  takes: boolean;
}

/** In cheap calls: one to three events each. */
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.oneof(
    { weight: 40, arbitrary: fc.constant('renew' as const) },
    { weight: 30, arbitrary: fc.constant('refund' as const) },
    { weight: 10, arbitrary: fc.constant('attach' as const) },
    { weight: 8, arbitrary: fc.constant('detach' as const) },
    { weight: 6, arbitrary: fc.constant('end_hold' as const) },
    { weight: 3, arbitrary: fc.constant('expire_session' as const) },
    { weight: 2, arbitrary: fc.constant('dispute' as const) },
    { weight: 1, arbitrary: fc.constant('close_dispute' as const) },
  ),
  which: fc.nat(),
  year: fc.integer({ min: 2030, max: 2060 }),
  month: fc.integer({ min: 1, max: 12 }),
  takes: fc.boolean(),
});

export function actsOf(seed: number, count: number): Act[] {
  return fc.sample(act, { seed, numRuns: count });
}

/** What there is at Stripe to be acted upon. */
export interface Found extends Stock {
  charged: string[];
  held: string[];
  /** Charges that nobody has disputed, and disputes that nobody has decided. */
  undisputed: string[];
  disputed: string[];
  /** Cards that were attached by an act, and what some customers have on file. */
  removable: string[];
}

const refundMinor = 10;
const others = ['pm_card_mastercard', 'pm_card_amex', 'pm_card_discover', 'pm_card_jcb'];

/**
 * Does one act with the unmodified SDK, or as somebody's bank; where there is nothing to act upon, a card
 * is renewed.
 */
export async function perform({ runtime, shop }: Storm, found: Found, act: Act): Promise<void> {
  const { which } = act;
  const { stripe } = runtime;
  const on = pick(found.onFile, which);
  const { kind } = act;
  if (kind === 'refund' && found.charged.length > 0) {
    const payment_intent = pick(found.charged, which);
    await stripe.refunds.create({ payment_intent, amount: refundMinor });
  } else if (kind === 'attach') {
    const customer = on.customer.stripeCustomerId ?? '';
    const { id } = await stripe.paymentMethods.attach(pick(others, which), { customer });
    found.removable.push(id);
  } else if (kind === 'detach' && found.removable.length > 0) {
    await stripe.paymentMethods.detach(takeOne(found.removable, which));
  } else if (kind === 'end_hold' && found.held.length > 0) {
    const intent = takeOne(found.held, which);
    if (act.takes) await stripe.paymentIntents.capture(intent);
    else await stripe.paymentIntents.cancel(intent);
  } else if (kind === 'expire_session' && found.sessions.length > 0) {
    await stripe.checkout.sessions.expire(takeOne(found.sessions, which));
  } else if (kind === 'dispute' && found.undisputed.length > 0) {
    await shop.control.dispute(takeOne(found.undisputed, which));
  } else if (kind === 'close_dispute' && found.disputed.length > 0) {
    const decided = act.takes ? 'won' : 'lost';
    await shop.control.closeDispute(takeOne(found.disputed, which), decided);
  } else {
    const card = { exp_month: act.month, exp_year: act.year };
    await stripe.paymentMethods.update(on.method.stripePaymentMethodId, { card });
  }
}

/** One of a list, which leaves it. */
function takeOne(list: string[], which: number): string {
  const [one] = list.splice(which % list.length, 1);
  return one ?? '';
}
