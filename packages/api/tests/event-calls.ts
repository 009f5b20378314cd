import { insertEvents } from '@onfile/db/tables/stripe-events.ts';
import type { createAdminCaller } from '../src/admin/router.ts';
import type { World } from './every-call.ts';

type Staff = ReturnType<typeof createAdminCaller>;

/** An event of Stripe's that is about ada. */
async function anEvent(w: World): Promise<string> {
  const { db, clock } = w.test.runtime;
  const now = clock.now();
  const object = { id: 'cus_ada', object: 'customer', email: 'ada@example.com' };
  const event = {
    id: 'evt_ofAda',
    type: 'customer.updated',
    apiVersion: null,
    objectId: object.id,
    stripeCreatedAt: now,
    payload: JSON.stringify({ id: 'evt_ofAda', data: { object } }),
    receivedAt: now,
    cameBy: null,
  };
  await insertEvents(db, [event]);
  return event.id;
}

/** What staff ask about Stripe's events, and have done. */
export function eventCalls(w: World): Record<string, (as: Staff) => Promise<unknown>> {
  return {
    'events.list': (as) => as.events.list(),
    'events.get': async (as) => {
      const { payload } = await as.events.get({ eventId: await anEvent(w) });
      if (payload.includes('ada@example.com')) throw new Error('an address was shown');
      return payload;
    },
    'events.replay': async (as) => as.events.replay({ ids: [await anEvent(w)] }),
    'events.backFill': (as) =>
      as.events.backFill({ from: new Date(w.test.clock.now()).toISOString().slice(0, 10) }),
    'events.listBackFills': (as) => as.events.listBackFills(),
    'drift.get': (as) => as.drift.get(),
    'drift.start': (as) => as.drift.start({ extent: 'sample', repair: false }),
    'endpoint.check': (as) => as.endpoint.check(),
    'endpoint.mend': (as) => as.endpoint.mend(),
  };
}
