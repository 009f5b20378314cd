import type { Db } from '@onfile/db/database.ts';
import { updatePayment } from '@onfile/db/tables/payments.ts';
import type Stripe from 'stripe';
import type { Mortal } from './mortal.ts';
import { deliver } from './tell-events.ts';
import type { World } from './world.ts';

/** Faults that the product has on purpose, to see that they are found. */
export const plantNames = ['double-create', 'skip-door', 'lost-outbox'] as const;
export type PlantName = (typeof plantNames)[number];

export interface Plant {
  /** Changes a process before it begins. */
  spoil?(runtime: Mortal['runtime']): Mortal['runtime'];
  /** Takes the place of what an event's arrival does. */
  deliver?(world: World, event: Stripe.Event): Promise<void>;
  /** Goes wrong around a step. */
  around?(world: World): Promise<(processes: Mortal[]) => Promise<void>>;
}

export const plants: Record<PlantName, Plant> = {
  'double-create': { spoil: withFreshKeys },
  'skip-door': { deliver: believe },
  'lost-outbox': { around: mailAfterwards },
};

/** Every sending of a charge has a key of its own: what was lost on its way is made once more. */
function withFreshKeys(runtime: Mortal['runtime']): Mortal['runtime'] {
  const { stripe } = runtime;
  const { paymentIntents } = stripe;
  const create = paymentIntents.create.bind(paymentIntents);
  paymentIntents.create = (params: Stripe.PaymentIntentCreateParams) => create(params);
  return runtime;
}

const believed: Record<string, 'succeeded' | 'requires_payment_method' | 'canceled'> = {
  'payment_intent.succeeded': 'succeeded',
  'payment_intent.payment_failed': 'requires_payment_method',
  'payment_intent.canceled': 'canceled',
};

/** What an event says is written down as it stands, and the door hears nothing of it. */
async function believe(world: World, event: Stripe.Event): Promise<void> {
  await deliver(world, event);
  const status = believed[event.type];
  if (!status) return;
  const { db } = world.runtime;
  const { metadata } = event.data.object as Stripe.PaymentIntent;
  const id = metadata['onfile_payment'];
  if (id) await updatePayment(db, id, { status });
  await db
    .updateTable('stripeEvents')
    .set({ status: 'handled' })
    .where('id', '=', event.id)
    .execute();
}

/** Mails are written after the transaction that they tell of: who dies in between loses them. */
async function mailAfterwards({ runtime }: World): Promise<(processes: Mortal[]) => Promise<void>> {
  const before = await mailIds(runtime.db);
  return async (processes) => {
    if (!processes.some((process) => process.isDead())) return;
    const lost = (await mailIds(runtime.db)).filter((id) => !before.includes(id));
    if (lost.length > 0) await runtime.db.deleteFrom('outbox').where('id', 'in', lost).execute();
  };
}

async function mailIds(db: Db): Promise<string[]> {
  return (await db.selectFrom('outbox').select('id').execute()).map(({ id }) => id);
}
