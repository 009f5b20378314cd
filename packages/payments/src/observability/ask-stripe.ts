import Stripe from 'stripe';
import type { Runtime } from '../runtime.ts';

/** For a probe that waits for it. */
const timeoutMs = 3_000;
/** For so long an answer is good enough, so that probes are never a load on Stripe. */
const freshMs = 30_000;

export interface Reach {
  isReachable: boolean;
  words: string;
}

interface Known {
  askedAt: number;
  reach: Promise<Reach>;
}

const known = new WeakMap<Stripe, Known>();

/** Whether Stripe answers us: asked at most every 30 seconds, however many ask. */
export function askStripe(runtime: Pick<Runtime, 'stripe' | 'clock'>): Promise<Reach> {
  const { stripe, clock } = runtime;
  const last = known.get(stripe);
  if (last && Math.abs(clock.now() - last.askedAt) < freshMs) return last.reach;
  const asked = { askedAt: clock.now(), reach: ask(stripe) };
  known.set(stripe, asked);
  return asked.reach;
}

async function ask(stripe: Stripe): Promise<Reach> {
  try {
    await stripe.accounts.retrieveCurrent({}, { timeout: timeoutMs });
    return { isReachable: true, words: 'Stripe answers.' };
  } catch (error) {
    return readAnswer(error);
  }
}

function readAnswer(error: unknown): Reach {
  const { statusCode } = error instanceof Stripe.errors.StripeError ? error : {};
  if (statusCode === undefined) return { isReachable: false, words: 'Stripe does not answer.' };
  if (statusCode === 401) return { isReachable: false, words: 'Stripe does not know the key.' };
  // A restricted key may not read its account, and a 429 is an answer as well.
  return statusCode >= 500
    ? { isReachable: false, words: `Stripe answers with ${statusCode}.` }
    : { isReachable: true, words: 'Stripe answers.' };
}
