import Stripe from 'stripe';
import type { Act, Found } from './acts.ts';
import { actsOf, perform } from './acts.ts';
import type { Stock } from './owe-and-save.ts';
import type { Storm } from './storm.ts';

const atOnce = 6;
/** After so many acts one looks what the workers have charged and held meanwhile. */
const lookEvery = 60;
/** More than any number of events takes: each act makes one at least, unless it comes too late. */
const actsAnEvent = 3;

/**
 * Acts at Stripe, past Onfile, until it has made so many events that are to be delivered. What the
 * workers charge in the meantime makes some of them.
 */
export async function makeEvents(
  storm: Storm,
  stock: Stock,
  given: { events: number; seed: number },
): Promise<void> {
  const acts = actsOf(given.seed, Math.max(given.events * actsAnEvent, 1_000)).reverse();
  const found = begin(stock);
  for (;;) {
    const { events } = await storm.shop.control.countDeliveries();
    if (events >= given.events) return;
    await look(storm, found);
    const some = acts.splice(-Math.min(lookEvery, given.events - events));
    if (some.length === 0) throw new Error('there are not enough acts for so many events');
    const one = async (): Promise<void> => {
      for (let next = some.pop(); next; next = some.pop()) await tryAct(storm, found, next);
    };
    await Promise.all(Array.from({ length: atOnce }, one));
  }
}

/** An act may come too late: the charge is given back already, the hold has ended, the card is gone. */
async function tryAct(storm: Storm, found: Found, act: Act): Promise<void> {
  try {
    await perform(storm, found, act);
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
  }
}

function begin(stock: Stock): Found {
  // The others keep what they have, or soon nothing could be charged or renewed.
  const careless = stock.onFile.filter((_, at) => at % 10 === 9);
  return {
    ...stock,
    sessions: [...stock.sessions],
    charged: [],
    held: [],
    undisputed: [],
    disputed: [],
    removable: careless.map(({ method }) => method.stripePaymentMethodId),
  };
}

async function look({ shop }: Storm, found: Found): Promise<void> {
  const list = (type: string) => shop.control.objects(type, 20_000);
  const intents = (await list('payment_intent')) as unknown as Stripe.PaymentIntent[];
  const charges = (await list('charge')) as unknown as Stripe.Charge[];
  const disputes = (await list('dispute')) as unknown as Stripe.Dispute[];
  const idsOf = (status: Stripe.PaymentIntent.Status): string[] =>
    intents.filter((intent) => intent.status === status).map(({ id }) => id);
  found.charged = idsOf('succeeded');
  found.held = idsOf('requires_capture');
  found.undisputed = charges
    .filter(({ captured, disputed, refunded }) => captured && !disputed && !refunded)
    .map(({ id }) => id);
  found.disputed = disputes.filter(({ status }) => status === 'needs_response').map(({ id }) => id);
}
