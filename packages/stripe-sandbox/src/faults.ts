import type { StripeErrorBody } from './errors.ts';
import { createDice } from './seeded-dice.ts';
import type { Dice } from './seeded-dice.ts';

/** What a planted fault does to an answer (see the control API). */
export const FAULT_ACTIONS = [
  'hold_before',
  'hold_after',
  'reset_before',
  'reset_after',
  'delay',
  'truncate',
  'status',
  'rate_limit',
  'lock_timeout',
] as const;
export type FaultAction = (typeof FAULT_ACTIONS)[number];

/** Why Stripe says 429 (stripe.md 4.12): the value of `Stripe-Rate-Limited-Reason`. */
export const RATE_REASONS = [
  'global-rate',
  'endpoint-rate',
  'global-concurrency',
  'endpoint-concurrency',
  'resource-specific',
] as const;
export type RateReason = (typeof RATE_REASONS)[number];

/** What planted faults are made of. */
export type FaultPlan = {
  /** `GET`, `POST`, `DELETE`, or `*`. */
  method: string;
  /** A prefix, or a pattern with stars. */
  path: string;
  action: FaultAction;
  /** For `status`: 400 to 599. */
  status: number;
  /** For `status`: fields of the error, over those that the status has by itself. */
  error: Partial<StripeErrorBody>;
  /** For `rate_limit`. */
  reason: RateReason;
  /** Sends `Stripe-Should-Retry`; null leaves it out. */
  shouldRetry: boolean | null;
  /** For `delay`, in milliseconds of real time. */
  delayMs: number;
  /** 0 to 1: how likely a request that fits is hit. */
  probability: number;
};

export type Fault = FaultPlan & {
  id: string;
  /** How many more requests it hits; null: all of them. */
  left: number | null;
  /** Part of a seeded mixture, which a new mixture replaces. */
  chaos: boolean;
};

/** Faults that wait for their requests, and answers that are held back. */
export type Faults = {
  plant(fault: Fault): void;
  /** Replaces the seeded mixture: from here on the same requests meet the same faults. */
  startChaos(seed: number, mixture: readonly Fault[]): void;
  /** Takes the first fault that fits and counts it down. */
  take(method: string, path: string): Fault | undefined;
  list(): Fault[];
  /** Waits until the fault is released; false when the client went away before. */
  hold(faultId: string, clientGone: Promise<void>): Promise<boolean>;
  /** Waits out `delayMs`; cut short when all faults are cleared. */
  delay(fault: Fault): Promise<void>;
  /** Lets the held answers of a fault go; how many there were. */
  release(faultId: string): number;
  clear(): void;
};

export function createFaults(): Faults {
  let planted: Fault[] = [];
  let dice: Dice = createDice(0);
  const held = new Map<string, Set<() => void>>();
  const release = (id: string): number => {
    const waiting = held.get(id) ?? new Set();
    held.delete(id);
    for (const resume of waiting) resume();
    return waiting.size;
  };
  const wait = async (id: string, end: Promise<void>): Promise<boolean> => {
    const waiting = held.get(id) ?? new Set();
    held.set(id, waiting);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const resume = (): void => {
      resolve(true);
    };
    waiting.add(resume);
    const released = await Promise.race([promise, end.then(() => false)]);
    waiting.delete(resume);
    return released;
  };
  return {
    plant: (fault) => void planted.push(fault),
    startChaos(seed, mixture) {
      dice = createDice(seed);
      planted = [...planted.filter(({ chaos }) => !chaos), ...mixture];
    },
    take(method, path) {
      const fitting = planted.filter((fault) => fits(fault, method, path));
      // Every fault that fits throws the dice, hit or not, so that one more fault moves no other.
      const hits = fitting.filter(({ probability }) => probability >= 1 || dice() < probability);
      const [fault] = hits;
      if (typeof fault?.left === 'number') fault.left -= 1;
      return fault;
    },
    list: () => planted,
    hold: wait,
    async delay({ id, delayMs }) {
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, delayMs);
      });
      await wait(id, over);
      clearTimeout(timer);
    },
    release,
    clear() {
      planted = [];
      for (const id of [...held.keys()]) release(id);
    },
  };
}

function fits(fault: Fault, method: string, path: string): boolean {
  return (
    (fault.left === null || fault.left > 0) &&
    ['*', method].includes(fault.method) &&
    pathFits(fault.path, path)
  );
}

/** A pattern is a prefix, or has stars: `/v1/payment_intents/<star>/confirm`. */
function pathFits(pattern: string, path: string): boolean {
  if (!pattern.includes('*')) return path.startsWith(pattern);
  const expression = pattern
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('[^/]*');
  return new RegExp(`^${expression}$`).test(path);
}
