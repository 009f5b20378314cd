import DataLoader from 'dataloader';
import type { Db, Tx } from './database.ts';

/** What a data function does for one, for several in one statement; its answers are in their order. */
type Many<Item, Answer> = (db: Db, items: Item[]) => Promise<Answer[]>;

/** By transaction, what is collected for each function that was asked in it. */
const collecting = new WeakMap<Db, Map<unknown, unknown>>();

/**
 * A data function for one item, which inside {@link sideBySide} goes to the database as one statement
 * with all that ask for the same at that moment: a statement that is sent costs more than a row in it.
 * Anywhere else it is a statement of its own.
 */
export function joined<Item, Answer>(
  many: Many<Item, Answer>,
): (db: Db, item: Item) => Promise<Answer> {
  return async (db, item) => {
    const loaders = collecting.get(db);
    if (!loaders) return (await many(db, [item]))[0] as Answer;
    const known = loaders.get(many) as DataLoader<Item, Answer> | undefined;
    const loader =
      known ??
      new DataLoader<Item, Answer>((items) => many(db, [...items]), {
        // A row that was read before may have been written since.
        cache: false,
      });
    if (!known) loaders.set(many, loader);
    return loader.load(item);
  };
}

/** Of what was done side by side one failed, and all of it is to be undone. */
export class OneFailed extends Error {
  override name = 'OneFailed';
  /** Which. */
  readonly key: string;

  constructor(key: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.key = key;
  }
}

/**
 * Does some work for each item side by side in one transaction, so that what is {@link joined} is sent
 * together. Nothing keeps them apart: no two of the items may concern the same rows.
 * @param items by their keys
 * @throws OneFailed of the item that failed first, once all others have come to rest: nothing may be sent
 * on a connection whose transaction has ended
 */
export async function sideBySide<Item>(
  tx: Tx,
  items: ReadonlyMap<string, Item>,
  work: (item: Item, key: string) => Promise<void>,
): Promise<void> {
  collecting.set(tx, new Map());
  let failed: OneFailed | undefined;
  try {
    await Promise.all(
      [...items].map(async ([key, item]) => {
        try {
          await work(item, key);
        } catch (error) {
          // On PostgreSQL those after it fail as well, for no reason of their own.
          failed ??= new OneFailed(key, error);
        }
      }),
    );
  } finally {
    collecting.delete(tx);
  }
  if (failed) throw failed;
}

/** Puts rows that came in any order back into the order of what was asked for. */
export function inOrderOf<Key, Found>(
  keys: Key[],
  rows: Found[],
  keyOf: (row: Found) => Key,
): (Found | undefined)[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key));
}
