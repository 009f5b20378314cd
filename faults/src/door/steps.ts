import fc from 'fast-check';
import type { FaultAction } from '@onfile/dev-env/sandbox-control.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** What a worker does in a turn; any number of workers may do the same at once. */
const loopNames = ['due', 'attempts', 'operations', 'inbox', 'spares', 'holds'] as const;
export type LoopName = (typeof loopNames)[number];

/** By how often they are done: money moves more often than it is called off. */
const staffDeeds = {
  charge: 2,
  charge_now: 3,
  refund: 3,
  capture: 2,
  capture_part: 2,
  release: 1,
  raise: 2,
  hold_end: 1,
  skip: 1,
  pause: 1,
  resume: 2,
  write_off: 1,
};
export type StaffDeed = keyof typeof staffDeeds;

const shopperDeeds = {
  remove_card: 1,
  save_card: 2,
  withdraw: 1,
  open_page: 5,
  finish_page: 6,
  same_intent: 4,
};
export type ShopperDeed = keyof typeof shopperDeeds;

function oftenAs<T extends string>(weights: Record<T, number>): fc.Arbitrary<T> {
  const arbitraries = (Object.keys(weights) as T[]).map((deed) => ({
    weight: weights[deed],
    arbitrary: fc.constant(deed),
  }));
  return fc.oneof(...arbitraries);
}

/** What one process does. */
export type Act =
  | { who: 'worker'; loop: LoopName }
  | { who: 'staff'; deed: StaffDeed; which: number }
  | { who: 'shopper'; deed: ShopperDeed; which: number; card: string };

/** What happens to requests on their way, or at Stripe. */
export interface Trouble {
  method: 'POST' | '*';
  action: FaultAction;
  status: number;
  requests: number;
}

/** A process at work. `lives`: at which statement or call it is killed, if at all. */
export interface Doing {
  act: Act;
  lives: number | null;
}

/** One thing that happens, or several at once. */
export type Step =
  | { do: 'act'; doings: Doing[]; trouble: Trouble | null }
  | { do: 'wait'; ms: number }
  | { do: 'bank'; outcome: string }
  /** Some of the events so far are delivered: late, out of order, twice; the others are lost. */
  | { do: 'tell'; picks: number[] };

/** Cards by what their bank says while nobody is there (stripe.md, section 8). */
const cards = {
  good: '4242424242424242',
  declines: '4000000000000341',
  authenticates: '4000002760003184',
  other: '5555555555554444',
};

const which = fc.nat({ max: 30 });

const work: fc.Arbitrary<Act> = fc.record({
  who: fc.constant('worker' as const),
  loop: fc.constantFrom('due' as const, 'due' as const, ...loopNames),
});
const staff: fc.Arbitrary<Act> = fc.record({
  who: fc.constant('staff' as const),
  deed: oftenAs(staffDeeds),
  which,
});
const shopper: fc.Arbitrary<Act> = fc.record({
  who: fc.constant('shopper' as const),
  deed: oftenAs(shopperDeeds),
  which,
  card: fc.constantFrom(...Object.values(cards)),
});

const act = fc.oneof(
  { weight: 5, arbitrary: work },
  { weight: 4, arbitrary: staff },
  { weight: 3, arbitrary: shopper },
);
/** In most turns nobody dies. */
const lives = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 40 }) },
);
const doing: fc.Arbitrary<Doing> = fc.record({ act, lives });
/** One alone, the same twice (two tabs, two workers), or different ones at once. */
const doings = fc.oneof(
  doing.map((one) => [one]),
  doing.map((one) => [one, { ...one, lives: null }]),
  fc.array(doing, { minLength: 2, maxLength: 3 }),
);
const trouble: fc.Arbitrary<Trouble | null> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  {
    weight: 2,
    arbitrary: fc.record({
      method: fc.constantFrom('POST' as const, 'POST' as const, '*' as const),
      action: fc.constantFrom<FaultAction>(
        'reset_before',
        'reset_after',
        'status',
        'truncate',
        'rate_limit',
        'lock_timeout',
      ),
      status: fc.constantFrom(500, 503, 409, 401),
      requests: fc.integer({ min: 1, max: 4 }),
    }),
  },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant('act' as const), doings, trouble }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(2 * minuteMs, 20 * minuteMs, 3 * hourMs, dayMs, 3 * dayMs),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('bank' as const),
      outcome: fc.constantFrom('insufficient_funds', 'do_not_honor', 'challenge'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('tell' as const),
      picks: fc.array(fc.nat({ max: 200 }), { minLength: 1, maxLength: 8 }),
    }),
  },
);

/** A shop in trouble: whose cards are on file, and what happens then. */
export interface Story {
  cards: [string, string];
  steps: Step[];
}

const story: fc.Arbitrary<Story> = fc.record({
  cards: fc.tuple(
    fc.constantFrom(cards.good, cards.good, cards.good, cards.authenticates),
    fc.constantFrom(cards.good, cards.good, cards.declines, cards.authenticates),
  ),
  steps: fc.array(step, { minLength: 15, maxLength: 45, size: 'max' }),
});

/** The same seed tells the same story. */
export function storyOf(seed: number): Story {
  const [told] = fc.sample(story, { seed, numRuns: 1 });
  if (!told) throw new Error('no story was made');
  return told;
}
