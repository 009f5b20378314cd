import type { Instant, NewRow, Row } from '@onfile/db/database.ts';
import { insertFinding, noteRepair } from '@onfile/db/tables/drift.ts';
import type { DriftKind, DriftWhy } from '@onfile/db/truth.ts';
import { listEventsOf } from '@onfile/db/views/event-ledger.ts';
import { newId } from '../ids.ts';
import { messageOf } from '../message-of.ts';
import type { Runtime } from '../runtime.ts';

/** One difference between what we hold and what Stripe says, and how it would be settled. */
export interface Difference {
  kind: DriftKind;
  subject: { kind: Row<'driftFindings'>['subjectKind']; id: string | null };
  stripeId: string;
  ours: string | null;
  stripes: string | null;
  /** When it came about, as far as Stripe's object says. */
  since: Instant | null;
  /** Settles it by what Stripe says; whether the two agree after. */
  repair: () => Promise<boolean>;
}

/** Writes a difference down, with what the ledger of events says of it, and repairs it where that was asked. */
export async function noteFinding(
  runtime: Runtime,
  run: Row<'driftRuns'>,
  difference: Difference,
): Promise<void> {
  const finding = await writeDown(runtime, run, difference);
  const { kind, stripeId, ours, stripes, why } = finding;
  runtime.log.warn({ driftRun: run.id, kind, stripeId, ours, stripes, why }, 'drift');
  if (run.isRepairing) await repair(runtime, finding, difference.repair);
}

/** Writes down what bears our mark and belongs to nobody known here: nothing would settle it. */
export async function noteStray(
  runtime: Runtime,
  run: Row<'driftRuns'>,
  stray: Omit<Difference, 'kind' | 'ours' | 'repair'>,
): Promise<void> {
  await writeDown(runtime, run, { ...stray, kind: 'intent_stray', ours: null });
}

async function writeDown(
  runtime: Runtime,
  run: Row<'driftRuns'>,
  difference: Omit<Difference, 'repair'>,
): Promise<NewRow<'driftFindings'>> {
  const { kind, stripeId, ours, stripes, subject } = difference;
  const { why, event } = await explain(runtime, stripeId);
  const finding = {
    id: newId('driftFinding'),
    runId: run.id,
    kind,
    subjectKind: subject.kind,
    subjectId: subject.id,
    stripeId,
    ours,
    stripes,
    since: event?.stripeCreatedAt ?? difference.since,
    why,
    eventId: event?.id ?? null,
    foundAt: runtime.clock.now(),
  };
  await insertFinding(runtime.db, finding);
  return finding;
}

async function repair(
  runtime: Runtime,
  finding: Pick<Row<'driftFindings'>, 'runId' | 'kind' | 'stripeId'>,
  settle: () => Promise<boolean>,
): Promise<void> {
  try {
    const agrees = await settle();
    const repairedAt = agrees ? runtime.clock.now() : null;
    const repairError = agrees ? null : 'what Stripe says does not follow from what we hold';
    await noteRepair(runtime.db, finding, { repairedAt, repairError });
  } catch (error) {
    const repairError = messageOf(error, 500);
    await noteRepair(runtime.db, finding, { repairedAt: null, repairError });
  }
}

/** Why nobody settled it: no event came, one waits, one is dead, or one was handled before the rest of it. */
async function explain(
  runtime: Runtime,
  stripeId: string,
): Promise<{ why: DriftWhy; event: { id: string; stripeCreatedAt: Instant } | null }> {
  const events = await listEventsOf(runtime.db, stripeId);
  const dead = events.find((event) => event.status === 'dead');
  if (dead) return { why: 'event_is_dead', event: dead };
  const waiting = events.find((event) => event.status === 'pending');
  if (waiting) return { why: 'event_waits', event: waiting };
  const handled = events.find((event) => event.status === 'handled');
  if (handled) return { why: 'event_was_handled', event: handled };
  return { why: 'no_event_came', event: null };
}
