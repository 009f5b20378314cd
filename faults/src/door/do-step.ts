import { Refusal } from '@onfile/payments/refusal.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { shopperDoes } from './do-shopper.ts';
import { staffClick } from './do-staff.ts';
import { turns } from './do-work.ts';
import type { Mortal } from './mortal.ts';
import { pick } from './pick.ts';
import type { Act, Doing, Step, Trouble } from './steps.ts';
import { listEvents } from './tell-events.ts';
import type { World } from './world.ts';

/**
 * Makes one step happen. What went wrong in a way that nothing explains is noted as an oddity.
 * @returns the processes that took part
 */
export async function doStep(world: World, step: Step): Promise<Mortal[]> {
  switch (step.do) {
    case 'wait':
      world.clock.advance(step.ms);
      return [];
    case 'bank':
      await world.control.bank({ outcome: step.outcome });
      return [];
    case 'tell': {
      const events = await listEvents(world);
      for (const at of step.picks) if (events.length > 0) await world.deliver(pick(events, at));
      return [];
    }
    case 'act':
      if (step.trouble) await plantTrouble(world, step.trouble);
      return together(world, step.doings);
  }
}

async function plantTrouble(world: World, trouble: Trouble): Promise<void> {
  const { method, action, status, requests } = trouble;
  // Twice, because the SDK itself sends a request again, once, whose connection was reset.
  const times = action.startsWith('reset') ? 2 * requests : requests;
  await world.control.fault({ method, path: '/v1/', action, status, times });
}

type Work = (runtime: Runtime) => Promise<unknown>;

/** Everybody has looked before anybody acts. */
async function together(world: World, doings: Doing[]): Promise<Mortal[]> {
  const works: Work[] = [];
  for (const { act } of doings) works.push(await prepare(world, act));
  const processes = doings.map(({ lives }) => world.process(lives));
  await Promise.all(
    processes.map(async (process, at) => {
      try {
        await works[at]?.(process.runtime);
      } catch (error) {
        if (!process.isDead() && !isExpected(error)) world.oddities.push(inWords(error));
      }
    }),
  );
  return processes;
}

async function prepare(world: World, act: Act): Promise<Work> {
  switch (act.who) {
    case 'worker':
      return turns[act.loop];
    case 'staff':
      return staffClick(world, act.deed, act.which);
    case 'shopper':
      return (runtime) => shopperDoes(world, runtime, act);
  }
}

/** Refusals are answers; so is Stripe's own error where no use case stands before it (a return page). */
function isExpected(error: unknown): boolean {
  return error instanceof Refusal || (error instanceof Error && 'rawType' in error);
}

function inWords(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
