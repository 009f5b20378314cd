import type Stripe from 'stripe';
import type { Db } from '@onfile/db/database.ts';
import { listFindings, listStrays } from '@onfile/db/views/drift-report.ts';
import { findDriftRun } from '@onfile/db/tables/drift.ts';
import { compareDrift } from '@onfile/payments/drift/compare-drift.ts';
import { requestDrift } from '@onfile/payments/drift/plan-drift.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { findHandler } from '@onfile/payments/webhooks/handlers.ts';
import { findViolationsAtRest } from '../door/find-violations.ts';
import type { Storm } from './storm.ts';

/** What must hold when all is at rest. @param runtime of the clock by which it came to rest */
export async function findStormViolations(storm: Storm, runtime: Runtime): Promise<string[]> {
  const { control } = storm.shop;
  return [
    ...storm.violations,
    ...(await unhandled(runtime)),
    ...(await toldTwice(runtime.db)),
    ...(await findViolationsAtRest({ runtime, control })),
    ...(await unlikeDisputes(storm, runtime.db)),
    ...(await drifted(runtime)),
  ];
}

/** Every event that we listen to is here, once, and was handled; what else came was ignored. */
async function unhandled({ db, stripe }: Runtime): Promise<string[]> {
  const found: string[] = [];
  const rows = await db.selectFrom('stripeEvents').select(['id', 'type', 'status']).execute();
  const here = new Map(rows.map((row) => [row.id, row]));
  for await (const { id, type } of stripe.events.list({ limit: 100 })) {
    const row = here.get(id);
    here.delete(id);
    if (!row && findHandler(type)) found.push(`event ${id} (${type}) never came`);
    const wanted = findHandler(type) ? 'handled' : 'ignored';
    if (row && row.status !== wanted) found.push(`event ${id} (${type}) is ${row.status}`);
  }
  for (const { id, type } of here.values()) found.push(`event ${id} (${type}) is none of Stripe's`);
  return found;
}

/** What happens to a thing once; of a refund the details say which. */
const onceOnly = [
  'payment.succeeded',
  'payment.canceled',
  'payment.requires_capture',
  'payment_method.saved',
  'payment_method.attached',
  'payment_method.detached',
  'refund.succeeded',
];

/** A fact is written down once, and told in one mail, however often its event came. */
async function toldTwice(db: Db): Promise<string[]> {
  const facts = await db
    .selectFrom('auditLog')
    .select(['action', 'subjectId', 'details'])
    .where('action', 'in', onceOnly)
    .execute();
  const mails = await db.selectFrom('outbox').select('dedupeKey').execute();
  const refunds = await db.selectFrom('refunds').select('stripeRefundId').execute();
  return [
    ...moreThanOnce(
      facts.map(({ action, subjectId, details }) => {
        const { refund } = JSON.parse(details) as { refund?: string };
        return `the fact ${action} of ${refund ?? subjectId}`;
      }),
    ),
    ...moreThanOnce(mails.map(({ dedupeKey }) => `the mail ${dedupeKey}`)),
    ...moreThanOnce(refunds.map(({ stripeRefundId }) => `the refund ${String(stripeRefundId)}`)),
  ];
}

function moreThanOnce(names: string[]): string[] {
  return [...Map.groupBy(names, (name) => name)]
    .filter(([, same]) => same.length > 1)
    .map(([name, same]) => `${name} is there ${String(same.length)} times`);
}

/** Each dispute is here once, and stands as it does at Stripe. */
async function unlikeDisputes({ shop }: Storm, db: Db): Promise<string[]> {
  const disputes = (await shop.control.objects('dispute', 20_000)) as unknown as Stripe.Dispute[];
  const rows = await db.selectFrom('disputes').selectAll().execute();
  return disputes.flatMap(({ id, status, amount }) => {
    const own = rows.filter((row) => row.stripeDisputeId === id);
    const [row] = own;
    if (own.length === 1 && row?.status === status && row.amountMinor === amount) return [];
    return [`dispute ${id} is ${own.map((one) => one.status).join()} here, ${status} at Stripe`];
  });
}

/** Onfile's own full comparison with Stripe finds nothing. */
async function drifted(runtime: Runtime): Promise<string[]> {
  const actor = { kind: 'operator', id: 'faults' } as const;
  const { id } = await requestDrift(runtime, { extent: 'full', isRepairing: false, actor });
  while ((await compareDrift(runtime)) > 0);
  const run = await findDriftRun(runtime.db, id);
  const findings = [...(await listFindings(runtime.db, id)), ...(await listStrays(runtime.db, id))];
  return [
    ...(run?.status === 'done' ? [] : [`the comparison did not end: ${String(run?.lastError)}`]),
    ...findings.map(
      ({ kind, stripeId, ours, stripes, why }) =>
        `${kind}: ${stripeId} is ${String(ours)} here, ${String(stripes)} at Stripe (${why})`,
    ),
  ];
}
