import type { Db } from '@onfile/db/database.ts';
import { loginTables } from './login-tables.ts';

/** What is held of a shopper's login, for themselves: neither passwords nor what signs somebody in. */
export async function readLogin(db: Db, userIds: string[]) {
  if (userIds.length === 0) return { users: [], sessions: [], signInWays: [] };
  const tables = loginTables(db);
  return {
    users: await tables
      .selectFrom('shopper_user')
      .select(['id', 'email', 'name', 'createdAt'])
      .where('id', 'in', userIds)
      .execute(),
    sessions: await tables
      .selectFrom('shopper_session')
      .select(['userId', 'createdAt', 'ipAddress', 'userAgent'])
      .where('userId', 'in', userIds)
      .execute(),
    signInWays: await tables
      .selectFrom('shopper_account')
      .select(['userId', 'providerId', 'createdAt'])
      .where('userId', 'in', userIds)
      .execute(),
  };
}
