import { setTimeout as wait } from 'node:timers/promises';
import type { Row } from '@onfile/db/database.ts';
import { findBackFill } from '@onfile/db/tables/back-fills.ts';
import type { Runtime } from '../../runtime.ts';
import { backFillEvents } from './back-fill-events.ts';

/**
 * Reads, beside whatever worker runs, until a run is done: each takes the pages that the other has not.
 * @param show how far it has come, after each page
 */
export async function followBackFill(
  runtime: Runtime,
  id: string,
  show: (run: Row<'backFills'>) => void,
): Promise<Row<'backFills'>> {
  for (;;) {
    const didRead = (await backFillEvents(runtime)) > 0;
    const run = await findBackFill(runtime.db, id);
    if (!run) throw new Error(`back-fill ${id} is gone`);
    if (run.status === 'done') return run;
    show(run);
    if (!didRead) await wait(500);
  }
}
