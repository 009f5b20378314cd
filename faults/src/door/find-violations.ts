import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { checkInvariants } from '@onfile/payments/invariants/check-invariants.ts';
import { findUntold } from './find-untold.ts';
import { paidTooMuch } from './paid-too-much.ts';
import { unlikeStripe } from './unlike-stripe.ts';
import type { World } from './world.ts';

/** What the sandbox says happened, for comparison with what our rows say. */
export interface AtStripe {
  intents: Stripe.PaymentIntent[];
  refunds: Stripe.Refund[];
  methods: Stripe.PaymentMethod[];
}

/** What is looked at: our rows, and Stripe's objects. */
type Watched = Pick<World, 'runtime' | 'control'>;

/** Those that hold at any moment; the others speak of how long something may take. */
const always = new Set([
  'paid_never_above_owed',
  'one_success_per_payment',
  'no_cap_is_exceeded',
  'refunded_never_above_paid',
]);

/** What must hold after every step, whatever is under way. */
export async function findViolationsNow(world: Watched): Promise<string[]> {
  const broken = await brokenInvariants(world, (name) => always.has(name));
  return [...broken, ...paidTooMuch(await listPayments(world), await readStripe(world))];
}

/** What must hold when all trouble is over: everything above, and that both sides say the same. */
export async function findViolationsAtRest(world: Watched): Promise<string[]> {
  const atStripe = await readStripe(world);
  const payments = await listPayments(world);
  return [
    ...(await brokenInvariants(world, () => true)),
    ...paidTooMuch(payments, atStripe),
    ...(await unlikeStripe(world.runtime.db, payments, atStripe)),
    ...(await unfinished(world)),
    ...(await findUntold(world.runtime.db, payments)),
  ];
}

async function brokenInvariants(
  world: Watched,
  counts: (name: string) => boolean,
): Promise<string[]> {
  return (await checkInvariants(world.runtime))
    .filter(({ name, broken }) => counts(name) && broken.length > 0)
    .map(({ name, broken }) => `invariant ${name}: ${broken.join(', ')}`);
}

function listPayments(world: Watched): Promise<Row<'payments'>[]> {
  return world.runtime.db.selectFrom('payments').selectAll().execute();
}

async function readStripe({ control }: Watched): Promise<AtStripe> {
  const [intents, refunds, methods] = await Promise.all(
    ['payment_intent', 'refund', 'payment_method'].map((type) => control.objects(type, 20_000)),
  );
  return { intents, refunds, methods } as unknown as AtStripe;
}

/** After all that time nothing is open, and nothing waits for a moment that has passed. */
async function unfinished({ runtime }: Watched): Promise<string[]> {
  const attempts = await runtime.db
    .selectFrom('attempts')
    .select('id')
    .where('status', '=', 'open')
    .execute();
  const operations = await runtime.db
    .selectFrom('stripeOperations')
    .select(['id', 'kind'])
    .where('status', '=', 'open')
    .execute();
  const events = await runtime.db
    .selectFrom('stripeEvents')
    .select(['id', 'type', 'lastError'])
    .where('status', 'in', ['pending', 'dead'])
    .execute();
  const weekAgo = runtime.clock.now() - 7 * 24 * 60 * 60 * 1000;
  const untried = await runtime.db
    .selectFrom('payments')
    .leftJoin('attempts', 'attempts.paymentId', 'payments.id')
    .select('payments.id')
    .where('payments.nextStep', '=', 'charge')
    .where('payments.dueAt', '<', weekAgo)
    .where('attempts.id', 'is', null)
    .execute();
  return [
    ...untried.map(({ id }) => `payment ${id} was due a week ago and was never tried`),
    ...attempts.map(({ id }) => `attempt ${id} has no outcome`),
    ...operations.map(({ id, kind }) => `operation ${id} (${kind}) is not finished`),
    ...events.map(
      ({ id, type, lastError }) => `event ${id} (${type}) failed: ${String(lastError)}`,
    ),
  ];
}
