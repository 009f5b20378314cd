import type { Measured } from '../report.ts';
import { median } from '../report.ts';
import type { Bench } from './handling.ts';
import type { Handled } from './our-side.ts';

const rounds = 3;
const updatesAtOnce = 8;

/**
 * 10,000 mixed events, each delivered twice, all in any order and as fast as they are taken in. The rate
 * counts each event once. It is told as a share of bare single-row updates: as many rows of events, each
 * marked as handled in a statement and a commit of its own, eight at a time, which is the least that
 * handling one by one could cost. The lag is that of a flood: how long an event waits behind all others.
 */
export async function shuffled(bench: Bench): Promise<Measured> {
  const { ours, events, secret, say } = bench;
  const handled: Handled[] = [];
  const bare: number[] = [];
  const calls: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const file = await bench.write(`shuffled-${round}`, inAnyOrder([...events, ...events], round));
    const before = await bench.countCalls();
    const one = await ours.run({
      file,
      secret,
      events: events.length,
      before: 'processing',
    });
    calls.push((await bench.countCalls()) - before);
    const other = await markOneByOne(bench);
    handled.push(one);
    bare.push(other);
    const rates = `${one.eventsPerSecond.toFixed(0)} to ${other.toFixed(0)} events/s`;
    say(`shuffled, round ${round} of ${rounds}, handled to bare updates: ${rates}`);
  }
  const ms = (pick: (one: Handled) => number): string =>
    `${median(handled.map(pick)).toFixed(0)} ms`;
  return {
    name: 'handling: twice and shuffled',
    ratio: median(handled.map((one, at) => one.eventsPerSecond / (bare[at] ?? Number.NaN))),
    ours: median(handled.map(({ eventsPerSecond }) => eventsPerSecond)),
    other: median(bare),
    unit: 'events/s',
    notes: [
      `${events.length} events, ${2 * events.length} deliveries`,
      `from received to handled: p50 ${ms((one) => one.lagP50Ms)}, p99 ${ms((one) => one.lagP99Ms)}`,
      `all taken in after ${ms((one) => one.takenInSeconds * 1000)}, ` +
        `all handled after ${ms((one) => one.seconds * 1000)}`,
      `calls to the sandbox: ${median(calls)}`,
    ],
  };
}

async function markOneByOne({ runtime }: Bench): Promise<number> {
  const { db } = runtime;
  const rows = await db.selectFrom('stripeEvents').select('id').execute();
  await db.updateTable('stripeEvents').set({ status: 'ignored' }).execute();
  const left = [...rows];
  const startedAt = performance.now();
  const hand = async (): Promise<void> => {
    for (let row = left.pop(); row; row = left.pop()) {
      await db
        .updateTable('stripeEvents')
        .set({ status: 'handled', handledAt: Date.now() })
        .where('id', '=', row.id)
        .execute();
    }
  };
  await Promise.all(Array.from({ length: updatesAtOnce }, hand));
  return rows.length / ((performance.now() - startedAt) / 1000);
}

/** The same order for the same seed, whoever runs it. */
function inAnyOrder<T>(list: T[], seed: number): T[] {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return list
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
