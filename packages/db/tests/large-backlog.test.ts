import { createTestDatabase, describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../src/connect.ts';
import type { Db } from '../src/database.ts';
import { claim } from '../src/lease.ts';
import { endMail, postponeMail } from '../src/tables/outbox.ts';
import { countRead } from './count-read.ts';

const waiting = 2_000;
const taken = 10;
/** A row is looked at when it is found, when it is taken and once more when it is written. */
const mostRead = taken * 10;

/** Mails that were sent when PostgreSQL last counted, and many that have come since. */
async function openBacklog(dialect: 'sqlite' | 'postgres'): Promise<Db> {
  const database = await createTestDatabase(dialect);
  const db = connect(database.location);
  onTestFinished(async () => {
    await db.destroy();
    await database.remove();
  });
  await insertMails(db, 'sent');
  await sql`analyze`.execute(db);
  await insertMails(db, 'pending');
  return db;
}

async function insertMails(db: Db, status: 'sent' | 'pending'): Promise<void> {
  const rows = Array.from({ length: waiting }, (_, at) => ({
    id: `mail_${status}_${at}`,
    kind: 'one_time_code',
    dedupeKey: `${status}:${at}`,
    toAddress: 'jo@example.com',
    locale: 'en',
    data: '{}',
    status,
    createdAt: at,
    nextTryAt: at,
  }));
  for (let at = 0; at < waiting; at += 500) {
    await db
      .insertInto('outbox')
      .values(rows.slice(at, at + 500))
      .execute();
  }
}

describeOnBothDatabases('a large backlog', (dialect) => {
  it('is not gone through for what is taken from it', async () => {
    const db = await openBacklog(dialect);
    const lease = { holder: 'w', now: waiting, leaseMs: 1_000, limit: taken };
    const first = Array.from({ length: taken }, (_, at) => `mail_pending_${at}`);
    const read = await countRead(db, 'outbox', async (tx) => {
      const mails = await claim(tx, 'outbox', lease);
      expect(mails.map((mail) => mail.id).toSorted()).toEqual(first);
    });
    expect(read).toBeLessThan(mostRead);
  });

  it('is not gone through for a row that is ended or put back', async () => {
    const db = await openBacklog(dialect);
    const read = await countRead(db, 'outbox', async (tx) => {
      await endMail(tx, 'mail_pending_0', { status: 'sent', sentAt: waiting });
      await postponeMail(tx, 'mail_pending_1', { nextTryAt: waiting, lastError: 'no answer' });
    });
    expect(read).toBeLessThan(mostRead);
    const left = await db.selectFrom('outbox').select('id').where('tries', '=', 1).execute();
    expect(left).toEqual([{ id: 'mail_pending_1' }]);
  });
});
