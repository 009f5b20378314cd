import type { Row } from '@onfile/db/database.ts';
import type { Part } from '@onfile/db/tables/drift.ts';
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
