import type Stripe from 'stripe';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import type { OnFile } from '@onfile/dev-env/save-card.ts';
import { seedDuePayments } from '@onfile/dev-env/seed-due-payments.ts';
import { withRuntime } from '@onfile/dev-env/with-runtime.ts';

/** Of a hundred events so many are of a payment, of a refund (which tells two or three), of a card. */
const share = { payments: 0.1, refunds: 0.12, attached: 0.04 };
const callsAtOnce = 12;

export interface Stage {
  events: number;
  cards: OnFile[];
  /** What the worker charges meanwhile. */
  paymentIds: string[];
}

/** People with cards on file, and what falls due once it storms. */
export async function prepare(shop: Constellation, events: number): Promise<Stage> {
  return withRuntime(shop, async (runtime) => {
    const test = { runtime, sandbox: { url: shop.sandboxUrl } };
    const cards: OnFile[] = [];
    for (let at = 0; at < 8; at += 1) {
      cards.push(await saveCard(test, `stormy-${String(at)}`, '4242424242424242'));
    }
    const due = { count: Math.ceil(events * share.payments), dueAt: runtime.clock.now() };
    return { events, cards, paymentIds: await seedDuePayments(test, due) };
  });
}

/** What happens at Stripe past Onfile, while the worker charges what is due. */
export async function happen(shop: Constellation, stage: Stage): Promise<void> {
  await withRuntime(shop, async ({ stripe }) => {
    const work = [
      ...repeat(stage.events * share.refunds, (at) => refundAPart(shop, stripe, at)),
      ...repeat(stage.events * share.attached, (at) => attachAndDetach(stripe, stage, at)),
      ...repeat(stage.events * 0.5, (at) => renew(stripe, stage, at)),
    ];
    const hands = Array.from({ length: callsAtOnce }, async () => {
      // From both ends in turn, so that each kind meets each.
      for (let next = work.shift(); next; next = work.length % 2 ? work.pop() : work.shift()) {
        await next();
      }
    });
    await Promise.all(hands);
  });
}

function repeat(times: number, make: (at: number) => Promise<unknown>) {
  return Array.from({ length: Math.ceil(times) }, (_, at) => () => make(at));
}

/** Ten cents back of a charge of the last ones, in the Dashboard. */
async function refundAPart(shop: Constellation, stripe: Stripe, at: number): Promise<void> {
  const charges = await shop.control.objects('charge', 40);
  const charge = charges[at % Math.max(1, charges.length)] as Stripe.Charge | undefined;
  if (!charge || charge.amount_refunded + 10 > charge.amount) return;
  await stripe.refunds
    .create({ charge: charge.id, amount: 10 })
    // Others have given back the rest of it meanwhile.
    .catch((error: Stripe.errors.StripeError) => {
      if (error.code !== 'charge_already_refunded' && error.param !== 'amount') throw error;
    });
}

async function attachAndDetach(stripe: Stripe, stage: Stage, at: number): Promise<void> {
  const owner = stage.cards[at % stage.cards.length]?.method;
  if (!owner) return;
  const { customer } = await stripe.paymentMethods.retrieve(owner.stripePaymentMethodId);
  const added = await stripe.paymentMethods.attach('pm_card_mastercard', {
    customer: String(customer),
  });
  if (at % 2) await stripe.paymentMethods.detach(added.id);
}

async function renew(stripe: Stripe, stage: Stage, at: number): Promise<void> {
  const method = stage.cards[at % stage.cards.length]?.method;
  if (!method) return;
  await stripe.paymentMethods.update(method.stripePaymentMethodId, {
    card: { exp_month: 1 + (at % 12), exp_year: 2035 + (at % 10) },
  });
}
