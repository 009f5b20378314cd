import { setImmediate as othersTurn } from 'node:timers/promises';
import { listPendingEvents, listUnreduced } from '@onfile/db/tables/unreduced-events.ts';
import type { EventsPage } from '@onfile/db/tables/unreduced-events.ts';
import type { Runtime } from '../runtime.ts';

const pageSize = 200;

interface WalkedEvent {
  id: string;
  type: string;
  objectId: string | null;
  payload: string;
}

/**
 * Every event whose payload is as it came, a page at a time: those that were handled, by the index of
 * what is not reduced yet, then those that wait, by theirs. What is reduced names nobody. Between pages
 * others have their turn: SQLite answers at once, and a long walk would keep its process from all else.
 * @param since events that were handled before it are left out
 */
export async function* walkEvents(
  { db, clock }: Pick<Runtime, 'db' | 'clock'>,
  since = 0,
): AsyncGenerator<WalkedEvent[]> {
  const within = { from: since, to: clock.now() };
  let after: EventsPage['after'] = null;
  for (;;) {
    const events = await listUnreduced(db, within, { after, limit: pageSize });
    const last = events.at(-1);
    if (!last) break;
    yield events;
    await othersTurn();
    after = { handledAt: last.handledAt, id: last.id };
  }
  let afterId = '';
  for (;;) {
    const events = await listPendingEvents(db, { afterId, limit: pageSize });
    const last = events.at(-1);
    if (!last) return;
    yield events;
    await othersTurn();
    afterId = last.id;
  }
}
