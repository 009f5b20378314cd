import Stripe from 'stripe';
import type { Db, Instant } from '@onfile/db/database.ts';
import { backOff } from '../back-off.ts';
import type { Runtime } from '../runtime.ts';
import { isAway } from '../stripe/classify-error.ts';

/**
 * How the events of one batch ask Stripe: what several of them want to know is asked once. All of them
 * were here before the question, so that its answer is news enough for each.
 */
export interface Asking {
  /**
   * Does `work` (a question to Stripe, and what is settled by the answer) once for all that name the same
   * key. One that fails is each asker's failure, and may be done again.
   * @throws StripeAway without asking, while Stripe does not answer
   */
  once<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Intents whose end was written with the others' of the batch: the door would find nothing to write. */
  settled: ReadonlySet<string>;
}

/** Nobody was asked: the last question found Stripe away, and its pause is not over. */
export class StripeAway extends Error {
  override name = 'StripeAway';

  constructor() {
    super(whyNotAsked);
  }
}

/** What an event bears that waits because of it. */
export const whyNotAsked = 'Stripe was not asked: it did not answer a moment ago.';

interface Outage {
  failures: number;
  until: Instant;
  /** The pause is over for one question, which is under way: it shows whether Stripe is back. */
  isProbed: boolean;
}

/** An outage is each process's own finding, and is kept from batch to batch. */
const outages = new WeakMap<Db, Outage>();
/** One object that Stripe cannot tell of is no outage: so many rounds of questions must fail in a row. */
const failuresBeforePause = 3;
const outagePause = { firstMs: 1_000, mostMs: 60_000 };

/** The pause in which Stripe is not asked; null: whoever wants to know something asks. */
export function findPause(runtime: Runtime): Readonly<Outage> | null {
  const outage = outages.get(runtime.db);
  const isPaused =
    outage && outage.failures >= failuresBeforePause && runtime.clock.now() < outage.until;
  return isPaused ? outage : null;
}

/** The questions of one batch. @param settled see {@link Asking.settled} */
export function openAsking(runtime: Runtime, settled: ReadonlySet<string> = new Set()): Asking {
  const asked = new Map<string, Promise<unknown>>();
  return {
    settled,
    once<T>(key: string, work: () => Promise<T>): Promise<T> {
      const before = asked.get(key);
      if (before) return before as Promise<T>;
      const answer = askUnlessAway(runtime, work);
      asked.set(key, answer);
      answer.catch(() => asked.delete(key));
      return answer;
    },
  };
}

async function askUnlessAway<T>(runtime: Runtime, work: () => Promise<T>): Promise<T> {
  if (findPause(runtime)) throw new StripeAway();
  const outage = outages.get(runtime.db);
  const seen = outage?.failures ?? 0;
  if (outage && seen >= failuresBeforePause) {
    // After the pause one question shows whether Stripe is back; the others of that moment wait for it.
    outage.until = runtime.clock.now() + outagePause.firstMs;
    outage.isProbed = true;
  }
  try {
    const answer = await work();
    outages.delete(runtime.db);
    return answer;
  } catch (error) {
    if (isAway(error)) {
      // Questions that were asked side by side and failed together are one failure.
      const failures = Math.max(outages.get(runtime.db)?.failures ?? 0, seen + 1);
      const until = backOff(runtime.clock.now(), failures - failuresBeforePause, outagePause);
      outages.set(runtime.db, { failures, until, isProbed: false });
    } else if (error instanceof Stripe.errors.StripeError) {
      // A refusal is an answer.
      outages.delete(runtime.db);
    }
    throw error;
  }
}
