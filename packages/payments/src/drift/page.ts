import type { Row } from '@onfile/db/database.ts';
import type { Part } from '@onfile/db/tables/drift.ts';
import { findEndOfLastSample } from '@onfile/db/tables/drift.ts';
import { findRandomId } from '@onfile/db/views/sample-rows.ts';
import { idOfAgo } from '../ids.ts';
import type { Runtime } from '../runtime.ts';
import type { HeldRun } from './held-run.ts';
import { recentMs, sampleSize } from './plan-drift.ts';

/** What one turn has compared. */
export interface Page {
  checked: number;
  /** Where the next page goes on; null: there is none. */
  last: string | null;
}

/**
 * The customers of a turn: a page of them, or a sample that goes on where the last one has ended, so that
 * each one's turn comes, after as many days as there are fifties of them.
 */
export async function partOfCustomers(runtime: Runtime, run: Row<'driftRuns'>): Promise<Part> {
  if (run.extent === 'full') return nextPage(run, 10);
  return { after: await findEndOfLastSample(runtime.db), limit: sampleSize, isSample: true };
}

/**
 * The intents of a turn: a page of them, or a sample that begins at any of the last month's, each with the
 * same chance. To go on where the last one ended would follow the same few until they are a month old.
 * Older ones that are still open come after the newest, but are certain only in a full comparison.
 */
export async function partOfIntents(runtime: Runtime, run: Row<'driftRuns'>): Promise<Part> {
  if (run.extent === 'full') return nextPage(run, 20);
  const from = idOfAgo('paymentIntent', recentMs);
  const after = await findRandomId(runtime.db, 'paymentIntents', from);
  return { after, limit: sampleSize, isSample: true };
}

function nextPage(run: Row<'driftRuns'>, limit: number): Part {
  return { after: run.cursor, limit, isSample: false };
}

/** More than these are not read of one list: nobody has so many cards, or refunds of one charge. */
const mostListed = 1_000;

/** Reads all pages of one of Stripe's lists, and holds on to the run meanwhile. */
export async function readAll<T>(run: HeldRun, list: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of list) {
    await run.keep();
    all.push(one);
    if (all.length === mostListed) break;
  }
  return all;
}
