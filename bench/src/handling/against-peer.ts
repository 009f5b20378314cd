import type Stripe from 'stripe';
import type { Measured } from '../report.ts';
import { median } from '../report.ts';
import type { Bench } from './handling.ts';
import type { Before, Handled } from './our-side.ts';
import { peerSettings, startPeerSide } from './peer-side.ts';
import type { PeerSetting } from './peer-side.ts';

const rounds = 5;

const names: Record<Before, string> = {
  told: 'payments known',
  processing: 'payments settled by events',
};

/**
 * Events a second from the first that is taken in to the last whose rows are written, as a share of what
 * `@supabase/stripe-sync-engine` does with the same signed bodies on the same server. Ours stores each
 * event and handles it in a second process, with audit log and mails; refunds and methods are asked for
 * at the sandbox, which takes its part of the same processors. The peer writes the object that the event
 * carries into its table, in one statement, and asks nobody; it gets whichever of several settings it was
 * best with. Twice: with payments that the answer of the charge has told of already, as it does, and with
 * payments that their events settle.
 */
export async function againstPeer(bench: Bench): Promise<Measured[]> {
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
  const runOurs = (before: Before): Promise<Handled> =>
    ours.run({ file, secret, events: events.length, before });
  const results: Record<Before, Handled[]> = { told: [], processing: [] };
  const peers: number[] = [];
  try {
    const best = await findBest(runPeer, say);
    for (let round = 0; round <= rounds; round += 1) {
      const told = await runOurs('told');
      const other = await runPeer(best);
      const settled = await runOurs('processing');
      // The first one warms.
      if (round === 0) continue;
      results.told.push(told);
      results.processing.push(settled);
      peers.push(other);
      const rates = [told.eventsPerSecond, settled.eventsPerSecond, other];
      say(
        `round ${round} of ${rounds}, onfile (known), onfile (settled), stripe-sync-engine: ` +
          `${rates.map((rate) => rate.toFixed(0)).join(', ')} events/s`,
      );
    }
    return [
      summarise('told', events, results.told, peers, best),
      summarise('processing', events, results.processing, peers, best),
    ];
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
  before: Before,
  events: Stripe.Event[],
  handled: Handled[],
  peers: number[],
  best: PeerSetting,
): Measured {
  const kinds = Map.groupBy(events, ({ type }) => type);
  const mix = [...kinds].map(([type, { length }]) => `${length} ${type}`).join(', ');
  const taken = median(handled.map(({ takenInSeconds }) => events.length / takenInSeconds));
  return {
    name: `handling: against stripe-sync-engine, ${names[before]}`,
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
