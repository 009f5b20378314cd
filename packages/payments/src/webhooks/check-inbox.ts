import type { InboxHealth } from '@onfile/db/views/event-ledger.ts';
import { readInboxHealth } from '@onfile/db/views/event-ledger.ts';
import type { Runtime } from '../runtime.ts';

/** Older than this, what waits is not a moment's backlog any more. */
const lateMs = 5 * 60_000;

/** How the inbox is: well when nothing is dead and nothing has waited for five minutes. */
export async function checkInbox(
  runtime: Pick<Runtime, 'db' | 'clock'>,
): Promise<{ health: InboxHealth; isWell: boolean }> {
  const health = await readInboxHealth(runtime.db);
  const waitedMs = health.oldestWaitingAt ? runtime.clock.now() - health.oldestWaitingAt : 0;
  return { health, isWell: health.dead === 0 && waitedMs < lateMs };
}
