import type { Db } from '@onfile/db/database.ts';
import { deleteTries } from '@onfile/db/tables/rate-limits.ts';
import { limits } from './limits.ts';
import type { LimitName, Scope } from './limits.ts';
import { keyOf } from './spend.ts';
import type { Spender } from './spend.ts';

/** Forgets what an account tried, or somebody for an address. */
export async function forgetSpender(db: Db, by: Spender): Promise<void> {
  const keys = (Object.keys(limits) as LimitName[]).flatMap((name) =>
    (Object.entries(by) as [Scope, string][]).map(([scope, who]) => keyOf(name, scope, who)),
  );
  await deleteTries(db, keys);
}
