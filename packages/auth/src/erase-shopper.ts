import type { Db } from '@onfile/db/database.ts';
import { loginTables } from './login-tables.ts';

/**
 * Deletes shoppers' logins: the users with their sessions and passwords, codes and links on their way
 * to their addresses, and counts of tries from where they signed in. Nobody is signed in as them
 * any more. Safe to repeat.
 */
export async function eraseShopper(
  tx: Db,
  login: { userIds: string[]; emails: string[]; ipAddresses: string[] },
): Promise<void> {
  const seen = new Set(login.ipAddresses);
  for (const userId of login.userIds) {
    for (const address of await eraseUser(tx, userId)) seen.add(address);
  }
  for (const email of login.emails) await eraseCodes(tx, email.toLowerCase());
  for (const address of seen) await eraseCounts(tx, address);
}

/** @returns the addresses from which they were signed in */
async function eraseUser(tx: Db, userId: string): Promise<string[]> {
  const tables = loginTables(tx);
  const sessions = await tables
    .selectFrom('shopper_session')
    .select('ipAddress')
    .where('userId', '=', userId)
    .execute();
  await tables.deleteFrom('shopper_session').where('userId', '=', userId).execute();
  await tables.deleteFrom('shopper_account').where('userId', '=', userId).execute();
  await tables.deleteFrom('shopper_verification').where('value', '=', userId).execute();
  await tables.deleteFrom('shopper_user').where('id', '=', userId).execute();
  return sessions.flatMap(({ ipAddress }) => (ipAddress ? [ipAddress] : []));
}

/** Codes and links are kept under the address that they went to. */
async function eraseCodes(tx: Db, email: string): Promise<void> {
  const tables = loginTables(tx);
  // A wildcard in an address finds too much: what is deleted is compared.
  const found = await tables
    .selectFrom('shopper_verification')
    .select(['id', 'identifier', 'value'])
    .where((eb) =>
      eb.or([eb('identifier', 'like', `%${email}%`), eb('value', 'like', `%${email}%`)]),
    )
    .execute();
  for (const { id, identifier, value } of found) {
    if (![identifier, value].some((text) => text.toLowerCase().includes(email))) continue;
    await tables.deleteFrom('shopper_verification').where('id', '=', id).execute();
  }
}

/** Tries are counted under `address|path`. */
async function eraseCounts(tx: Db, address: string): Promise<void> {
  const tables = loginTables(tx);
  const found = await tables
    .selectFrom('shopper_rate_limit')
    .select('key')
    .where('key', 'like', `${address}|%`)
    .execute();
  for (const { key } of found) {
    await tables.deleteFrom('shopper_rate_limit').where('key', '=', key).execute();
  }
}
