import { turns } from './do-work.ts';
import { listEvents } from './tell-events.ts';
import type { World } from './world.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Past every lease, every key's life, every pause, every plan of tries, and every hold. */
const waits = [
  2 * minuteMs,
  20 * minuteMs,
  2 * hourMs,
  25 * hourMs,
  2 * dayMs,
  ...Array.from({ length: 8 }, () => 6 * dayMs),
];
/** More turns than any run takes; a run that needs more goes round in circles. */
const mostRounds = 60;

/**
 * The trouble is over: nothing breaks any more, Stripe delivers what it has kept trying to, and a
 * healthy worker runs while the time goes on.
 */
export async function comeToRest(world: World): Promise<void> {
  await world.control.clearFaults();
  const worker = world.process(null);
  for (const ms of waits) {
    world.clock.advance(ms);
    for (let round = 0; ; round += 1) {
      await tellWhatIsNew(world);
      let taken = 0;
      for (const turn of Object.values(turns)) taken += await turn(worker.runtime);
      if (taken === 0) break;
      if (round > mostRounds) {
        world.oddities.push('the worker does not come to rest');
        return;
      }
    }
  }
}

async function tellWhatIsNew(world: World): Promise<void> {
  const known = await world.runtime.db.selectFrom('stripeEvents').select('id').execute();
  const ids = new Set(known.map(({ id }) => id));
  for (const event of await listEvents(world)) if (!ids.has(event.id)) await world.deliver(event);
}
