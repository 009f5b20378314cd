import type { EventChoice } from '@onfile/db/tables/event-replays.ts';
import { replayEvents as replay } from '@onfile/db/tables/event-replays.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Actor } from '../audit.ts';
import { audit } from '../audit.ts';
import type { Runtime } from '../runtime.ts';

/**
 * Lets stored events be handled once more: after a mistake of ours was mended, or to be sure. Handling is
 * idempotent, so that an event that was handled may be replayed as well.
 * @returns how many will be handled
 */
export function replayEvents(
  runtime: Pick<Runtime, 'db' | 'clock'>,
  replayed: { which: EventChoice; actor: Actor },
): Promise<number> {
  const { which, actor } = replayed;
  return inTransaction(runtime.db, async (tx) => {
    const count = await replay(tx, which, runtime.clock.now());
    const [only] = which.ids ?? [];
    await audit(tx, runtime.clock, {
      actor,
      action: 'event.replayed',
      subject: { kind: 'event', id: which.ids?.length === 1 ? (only ?? '') : 'several' },
      details: { count, ...which },
    });
    return count;
  });
}
