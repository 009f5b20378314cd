import type Stripe from 'stripe';
import type { Measured } from '../report.ts';
import { median } from '../report.ts';
import type { Bench } from './handling.ts';
import type { Handled } from './our-side.ts';
import { peerSettings, startPeerSide } from './peer-side.ts';
import type { PeerSetting } from './peer-side.ts';

const rounds = 5;

/**
 * Events a second from the first that is taken in to the last whose rows are written, as a share of what
 * `@supabase/stripe-sync-engine` does with the same signed bodies on the same server. Ours stores each
 * event, then settles payments, refunds and methods by it, with audit log and mails, in a second process;
 * refunds and methods are asked for at the sandbox, which takes its part of the same processors. The
 * peer writes the object that the event carries into its table, in one statement, and asks nobody; it gets
 * whichever of several settings it was best with.
 */
export async function againstPeer(bench: Bench): Promise<Measured> {
  const { events, secret, ours, say } = bench;
  const file = await bench.write('events', events);
  const halves = [0, 1].map((half) => events.filter((_, at) => at % 2 === half));
  const files = new Map([
    [1, [file]],
    [2, await Promise.all(halves.map((half, at) => bench.write(`half-${at}`, half)))],
  ]);
  const objects = new Set(events.map(({ data }) => (data.object as { id: string }).id)).size;
  const peer = await startPeerSide(await bench.createDatabase('peer'), objects);
  const runPeer = async (setting: PeerSetting): Promise<number> =>
    events.length / (await peer.run({ files, secret }, setting));
  const runOurs = (): Promise<Handled> => ours.run({ file, secret, events: events.length });
  const handled: Handled[] = [];
  const peers: number[] = [];
  try {
    const best = await findBest(runPeer, say);
    await runOurs();
    for (let round = 1; round <= rounds; round += 1) {
      const one = await runOurs();
      const other = await runPeer(best);
      handled.push(one);
      peers.push(other);
      const rates = `${one.eventsPerSecond.toFixed(0)} to ${other.toFixed(0)} events/s`;
      say(`round ${round} of ${rounds}, onfile to stripe-sync-engine: ${rates}`);
    }
    return summarise(events, handled, peers, best);
  } finally {
    await peer.stop();
  }
}

/** The setting that suits the peer best; its processes are warm after. */
async function findBest(
  runPeer: (setting: PeerSetting) => Promise<number>,
  say: (line: string) => void,
): Promise<PeerSetting> {
  const rates = new Map<PeerSetting, number>();
  for (const time of ['warm-up', 'trial', 'trial']) {
    for (const setting of peerSettings) {
      const rate = await runPeer(setting);
      if (time !== 'warm-up') rates.set(setting, Math.max(rate, rates.get(setting) ?? 0));
      const { processes, atOnce } = setting;
      const how = `${processes} process(es), ${atOnce} at a time each`;
      say(`stripe-sync-engine, ${time}, ${how}: ${rate.toFixed(0)} events/s`);
    }
  }
  const [best] = [...rates].toSorted(([, a], [, b]) => b - a);
  if (!best) throw new Error('the peer was not tried');
  return best[0];
}

function summarise(
  events: Stripe.Event[],
  handled: Handled[],
  peers: number[],
  best: PeerSetting,
): Measured {
  const kinds = Map.groupBy(events, ({ type }) => type);
  const mix = [...kinds].map(([type, { length }]) => `${length} ${type}`).join(', ');
  const taken = median(handled.map(({ takenInSeconds }) => events.length / takenInSeconds));
  return {
    name: 'handling: against stripe-sync-engine',
    ratio: median(handled.map((one, at) => one.eventsPerSecond / (peers[at] ?? Number.NaN))),
    ours: median(handled.map(({ eventsPerSecond }) => eventsPerSecond)),
    other: median(peers),
    unit: 'events/s',
    notes: [
      `${events.length} events: ${mix}`,
      `ours: 1 process of intake (${taken.toFixed(0)} events/s taken in) and 1 worker`,
      `stripe-sync-engine: ${best.processes} process(es), ${best.atOnce} events at a time each`,
    ],
  };
}
