import type Stripe from 'stripe';
import type { Db } from '@onfile/db/database.ts';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { withRuntime } from '@onfile/dev-env/with-runtime.ts';
import { followDrift } from '@onfile/payments/drift/follow-drift.ts';
import { requestDrift } from '@onfile/payments/drift/plan-drift.ts';
import { checkInvariants } from '@onfile/payments/invariants/check-invariants.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { isListened } from '@onfile/payments/webhooks/listened.ts';
import { countCharges } from '../kill-workers/count-charges.ts';

export interface Damage {
  /** Of the types that are listened to, as the sandbox has them. */
  events: number;
  /** Found in Stripe's list: their deliveries were lost. */
  foundInList: number;
  violations: string[];
}

/** The most that the sandbox lists of one type of object. */
const mostListed = 10_000;

/** What is not as it must be once all is at rest; nothing, or the storm has broken something. */
export async function findDamage(shop: Constellation, paymentIds: string[]): Promise<Damage> {
  const all = await shop.control.objects('event', mostListed);
  const told = (all as unknown as Stripe.Event[]).filter(({ type }) => isListened(type));
  const { once, moreThanOnce, open } = await countCharges(shop, paymentIds);
  return withRuntime(shop, async (runtime) => {
    const rows = await runtime.db
      .selectFrom('stripeEvents')
      .select(['id', 'type', 'status', 'lastError', 'cameBy'])
      .execute();
    const byId = new Map(rows.map((row) => [row.id, row]));
    const eachOnce = told.flatMap(({ id, type }) => {
      const row = byId.get(id);
      if (!row) return [`${type} ${id} never came`];
      const { status, lastError } = row;
      return status === 'handled' ? [] : [`${type} ${id} is ${status}: ${lastError ?? ''}`];
    });
    return {
      events: told.length,
      foundInList: rows.filter(({ cameBy }) => cameBy === 'list').length,
      violations: [
        ...(all.length >= mostListed ? ['more events than the sandbox lists: ask for fewer'] : []),
        ...eachOnce,
        ...(moreThanOnce > 0 ? [`${String(moreThanOnce)} payments were charged twice`] : []),
        ...(open > 0 ? [`${String(open)} payments are not paid, ${String(once)} are`] : []),
        ...(await findTwice(runtime.db)),
        ...(await findBroken(runtime)),
        ...(await findDrift(runtime)),
      ],
    };
  });
}

/** What was done once at Stripe and written down twice here. */
async function findTwice(db: Db): Promise<string[]> {
  const facts = await db
    .selectFrom('auditLog')
    .select(['action', 'subjectId', 'details'])
    .where('action', 'in', ['payment.succeeded', 'payment_method.detached', 'refund.succeeded'])
    .execute();
  const named = facts.map(({ action, subjectId, details }) => {
    const refund = (JSON.parse(details) as { refund?: string }).refund;
    return `${action} of ${refund ?? subjectId}`;
  });
  const times = Map.groupBy(named, (name) => name);
  return [...times]
    .filter(([, all]) => all.length > 1)
    .map(([name, all]) => `${name}: ${String(all.length)} times`);
}

async function findBroken(runtime: Runtime): Promise<string[]> {
  const reports = await checkInvariants(runtime);
  return reports.flatMap(({ name, broken }) => broken.map((id) => `${name} is broken by ${id}`));
}

/** Everything that we hold beside what the sandbox says. */
async function findDrift(runtime: Runtime): Promise<string[]> {
  const actor = { kind: 'operator', id: 'storm' } as const;
  const { id } = await requestDrift(runtime, { extent: 'full', isRepairing: false, actor });
  const { run, found } = await followDrift(runtime, id, () => undefined);
  const differing = found.map(
    ({ kind, stripeId, ours, stripes, why }) =>
      `${kind} ${stripeId}: ${ours ?? '-'} here, ${stripes ?? '-'} at Stripe (${why})`,
  );
  return run.checked > 0 ? differing : ['nothing was compared'];
}
