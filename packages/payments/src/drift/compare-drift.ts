import type { Row } from '@onfile/db/database.ts';
import { claim } from '@onfile/db/lease.ts';
import { updateDriftRun } from '@onfile/db/tables/drift.ts';
import type { DriftStep } from '@onfile/db/truth.ts';
import { backOff } from '../back-off.ts';
import { messageOf } from '../message-of.ts';
import { countLeases } from '../observability/metrics.ts';
import type { Runtime } from '../runtime.ts';
import { LeaseLost } from '../worker/lease-lost.ts';
import { workerLease } from '../worker/worker-lease.ts';
import { compareIntents, findUnknownIntents } from './compare-intents.ts';
import { compareMethods } from './compare-methods.ts';
import { compareRefunds } from './compare-refunds.ts';
import type { HeldRun } from './held-run.ts';
import { holdRun } from './held-run.ts';
import type { Page } from './page.ts';
import { planScheduledDrift } from './plan-drift.ts';

type Run = Row<'driftRuns'>;

/** A page that failed so often, in about half a day, is not going to be compared. */
const mostTries = 150;

const steps: Record<
  DriftStep,
  {
    compare: (runtime: Runtime, run: HeldRun) => Promise<Page>;
    next: DriftStep | null;
    whole?: true;
  }
> = {
  // First what was charged and forgotten: after an older back-up was restored nothing matters more.
  unknown_intents: { compare: findUnknownIntents, next: 'intents', whole: true },
  intents: { compare: compareIntents, next: 'refunds' },
  refunds: { compare: compareRefunds, next: 'methods' },
  methods: { compare: compareMethods, next: null },
};

/**
 * Compares a page of what we hold with what Stripe says, in the run that is open.
 * @returns 1 when a page was compared, 0 when there was nothing to compare
 */
export async function compareDrift(runtime: Runtime): Promise<number> {
  await planScheduledDrift(runtime);
  const [run] = countLeases(
    'driftRuns',
    await claim(runtime.db, 'driftRuns', { ...workerLease(runtime), limit: 1 }),
  );
  if (!run) return 0;
  const now = runtime.clock.now();
  const release = { leasedUntil: null, leaseHolder: null };
  try {
    const page = await steps[run.step].compare(runtime, holdRun(runtime, run));
    const change = { ...release, ...advance(runtime, run, page) };
    if (!(await updateDriftRun(runtime.db, run, change))) throw new LeaseLost();
    return 1;
  } catch (error) {
    if (error instanceof LeaseLost) {
      runtime.log.info({ driftRun: run.id }, 'a page was left to whoever has it now');
      return 0;
    }
    const lastError = messageOf(error);
    runtime.log.warn({ driftRun: run.id, err: error }, 'a page was not compared');
    const tries = run.tries + 1;
    // Given up: the next comparison is not kept from beginning, and the last error stays.
    const end = tries >= mostTries && { status: 'done' as const, finishedAt: now };
    const nextTryAt = backOff(now, tries, { firstMs: 1_000, mostMs: 300_000 });
    await updateDriftRun(runtime.db, run, { ...release, tries, nextTryAt, lastError, ...end });
    return 0;
  }
}

function advance(runtime: Runtime, run: Run, page: Page): Partial<Run> {
  const { next, whole } = steps[run.step];
  const checked = run.checked + page.checked;
  const done = { checked, tries: 0, lastError: null };
  // A sample has one page of each kind; Stripe's own list is read to its end.
  const isOver = page.last === null || (run.extent === 'sample' && !whole);
  if (!isOver) return { ...done, cursor: page.last };
  if (next) return { ...done, step: next, cursor: null };
  // The last page of a sample says where the next sample goes on.
  return { ...done, cursor: page.last, status: 'done', finishedAt: runtime.clock.now() };
}
