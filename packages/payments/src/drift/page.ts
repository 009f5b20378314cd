import type { Row } from '@onfile/db/database.ts';
import type { Part } from '@onfile/db/tables/drift.ts';
import type { HeldRun } from './held-run.ts';
import { sampleSize } from './plan-drift.ts';

/** What one turn has compared. */
export interface Page {
  checked: number;
  /** Where the next page goes on; null: there is none. */
  last: string | null;
}

/** The rows of a turn: in a sample so many at random and no more, else the next few. */
export function partOf(run: Row<'driftRuns'>, pageSize: number): Part {
  const atRandom = run.extent === 'sample';
  return { after: run.cursor, atRandom, limit: atRandom ? sampleSize : pageSize };
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
