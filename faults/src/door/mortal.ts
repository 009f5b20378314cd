import type { KyselyPlugin } from 'kysely';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { stripeClient } from '@onfile/payments/stripe/stripe-client.ts';

/** What everything throws in a process that has died: nothing after it reaches the database or Stripe. */
class Died extends Error {
  override name = 'Died';
}

/** A process that dies at its n-th statement or call, whichever that is: between any two lines. */
export interface Mortal {
  runtime: Runtime;
  isDead(): boolean;
}

/** @param lives how many statements and calls it has; null: as many as it likes */
export function mortal(runtime: Runtime, name: string, lives: number | null): Mortal {
  let left = lives ?? Infinity;
  const spend = (): void => {
    left -= 1;
    if (left < 0) throw new Died(`${name} was killed`);
  };
  const counting: KyselyPlugin = {
    transformQuery({ node }) {
      spend();
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  const pace = {
    await: () => new Promise<void>((resolve) => resolve(spend())),
    slowDown: () => Promise.resolve(),
  };
  return {
    runtime: {
      ...runtime,
      leaseHolder: name,
      db: runtime.db.withPlugin(counting),
      stripe: stripeClient(runtime.settings.stripe, pace),
    },
    isDead: () => left < 0,
  };
}
