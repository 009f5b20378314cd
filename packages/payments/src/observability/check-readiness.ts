import type { Db } from '@onfile/db/database.ts';
import { pendingMigrations } from '@onfile/db/migrate.ts';
import { readFirstEventDueAt } from '@onfile/db/views/backlog.ts';
import type { Runtime } from '../runtime.ts';
import { askStripe } from './ask-stripe.ts';
import { within } from './within.ts';

export type CheckName = 'database' | 'migrations' | 'stripe' | 'backlog';

export interface Check {
  name: CheckName;
  isOk: boolean;
  /** For an operator: never a secret, never an error's own text. */
  words: string;
}

export interface Readiness {
  isReady: boolean;
  checks: Check[];
}

/** How long a probe waits for the database. */
const databaseMs = 2_000;

/**
 * Without what a process is not ready. An app that is not gets no more requests, Stripe's events
 * included: neither an outage of Stripe nor a worker that lags may come to that, so there they are only
 * told. A worker gets no requests; that it is not ready is a sign for people, whatever the cause.
 */
const decisive: Record<'app' | 'worker', CheckName[]> = {
  app: ['database', 'migrations'],
  worker: ['database', 'migrations', 'stripe', 'backlog'],
};

/** What a process needs to do its work, and whether it is there. Never throws. */
export async function checkReadiness(
  runtime: Pick<Runtime, 'db' | 'clock' | 'stripe' | 'settings'>,
  process: 'app' | 'worker',
): Promise<Readiness> {
  const ofDatabase = await checkDatabase(runtime);
  const isThere = ofDatabase.every((check) => check.name !== 'database' || check.isOk);
  // Calls to Stripe are paced by the database: without it none is made.
  const checks = [...ofDatabase, ...(isThere ? [await checkStripe(runtime)] : [])];
  const isReady = decisive[process].every((name) =>
    checks.some((check) => check.name === name && check.isOk),
  );
  return { isReady, checks };
}

async function checkDatabase(
  runtime: Pick<Runtime, 'db' | 'clock' | 'settings'>,
): Promise<Check[]> {
  try {
    return await within(databaseMs, async () => {
      const pending = await countPending(runtime.db);
      const migrations: Check =
        pending === 0
          ? { name: 'migrations', isOk: true, words: 'None waits.' }
          : { name: 'migrations', isOk: false, words: `${pending} wait: pnpm onfile migrate.` };
      const database: Check = { name: 'database', isOk: true, words: 'It answers.' };
      // An older schema may not have what the question is about.
      return [database, migrations, ...(pending === 0 ? [await checkBacklog(runtime)] : [])];
    });
  } catch {
    return [{ name: 'database', isOk: false, words: 'It does not answer.' }];
  }
}

/** Migrations do not come undone: once none waits, that is not asked again. */
const migrated = new WeakSet<Db>();

async function countPending(db: Db): Promise<number> {
  if (migrated.has(db)) return 0;
  const pending = await pendingMigrations(db);
  if (pending.length === 0) migrated.add(db);
  return pending.length;
}

/**
 * How long the first event that is due has been so. One that failed and is put off is not due: it says
 * nothing of whether workers keep up.
 */
async function checkBacklog({
  db,
  clock,
  settings,
}: Pick<Runtime, 'db' | 'clock' | 'settings'>): Promise<Check> {
  const dueAt = await readFirstEventDueAt(db);
  const seconds = dueAt === null ? 0 : Math.max(0, Math.round((clock.now() - dueAt) / 1_000));
  const isOk = seconds <= settings.observability.readyBacklogSeconds;
  return { name: 'backlog', isOk, words: `The first event waits for ${seconds} s.` };
}

async function checkStripe(runtime: Pick<Runtime, 'stripe' | 'clock'>): Promise<Check> {
  const { isReachable, words } = await askStripe(runtime);
  return { name: 'stripe', isOk: isReachable, words };
}
