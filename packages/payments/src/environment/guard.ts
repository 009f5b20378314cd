import type { Runtime } from '../runtime.ts';
import { checkEnvironment } from './check-environment.ts';
import type { Standing } from './standing.ts';

/** For how long a finding is good enough, by the machine's own clock; who asks Stripe asks less often. */
const freshMs: Record<Standing['kind'], number> = { own: 1_000, foreign: 1_000, unverified: 5_000 };

/** Whether this process may write to Stripe: what it last found, and when. */
export interface EnvironmentGuard {
  /** What was found last. Calls to Stripe look here at the last moment. */
  standing: Standing;
  checkedAt: number;
  checking: Promise<Standing> | null;
  /** Of this process's key, once it is known: a key's account never changes. */
  account: string | null;
}

/** Nothing may be written before somebody has looked. */
export function closedGuard(): EnvironmentGuard {
  return {
    standing: { kind: 'unverified', why: 'not_asked' },
    checkedAt: -Infinity,
    account: null,
    checking: null,
  };
}

/**
 * How this process stands to its database now. Another process may have been told what it is, so that
 * the database is read again after a second.
 */
export async function currentStanding(runtime: Runtime): Promise<Standing> {
  const { guard } = runtime;
  if (isFresh(guard)) return guard.standing;
  guard.checking ??= look(runtime).finally(() => {
    guard.checking = null;
  });
  return guard.checking;
}

function isFresh(guard: EnvironmentGuard): boolean {
  return performance.now() - guard.checkedAt < freshMs[guard.standing.kind];
}

/** What was found last, for whoever cannot wait; one that is not fresh is looked up for the next. */
export function lastStanding(runtime: Runtime): Standing {
  currentStanding(runtime).catch((error: unknown) =>
    runtime.log.error({ err: error }, 'the environment could not be looked up'),
  );
  return runtime.guard.standing;
}

async function look(runtime: Runtime): Promise<Standing> {
  const { guard, log } = runtime;
  const standing = await checkEnvironment(runtime);
  if (JSON.stringify(standing) !== JSON.stringify(guard.standing)) {
    const level = standing.kind === 'own' ? 'info' : 'warn';
    log[level]({ standing }, 'how the keys stand to the database');
  }
  guard.standing = standing;
  guard.checkedAt = performance.now();
  return standing;
}

/** Whether anything may be written to Stripe from here. */
export async function mayWriteToStripe(runtime: Runtime): Promise<boolean> {
  return (await currentStanding(runtime)).kind === 'own';
}
