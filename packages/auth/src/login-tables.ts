import type { Db } from '@onfile/db/database.ts';

/** better-auth's tables of shoppers, as far as they are read or erased here. */
type LoginTables = {
  shopper_user: { id: string; email: string; name: string; createdAt: string | Date };
  shopper_session: {
    userId: string;
    createdAt: string | Date;
    ipAddress: string | null;
    userAgent: string | null;
  };
  shopper_account: { userId: string; providerId: string; createdAt: string | Date };
  shopper_verification: { id: string; identifier: string; value: string };
  shopper_rate_limit: { key: string };
};

/** The same connection or transaction; better-auth's columns are not in snake_case. */
export function loginTables(db: Db) {
  return db.withoutPlugins().withTables<LoginTables>();
}
