import { latestMail } from '@onfile/dev-env/latest-mail.ts';
import { movableClock } from '@onfile/dev-env/movable-clock.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { claimEvents } from '@onfile/db/claim-events.ts';
import type { Row } from '@onfile/db/database.ts';
import { endEvents, insertEvents } from '@onfile/db/tables/stripe-events.ts';
import { findEvent } from '@onfile/db/views/event-ledger.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { renderMail } from '../src/mail/render-mail.ts';
import type { RenderedMail } from '../src/mail/render-mail.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';
import { tryEventAgain } from '../src/webhooks/try-event-again.ts';
import { workerLease } from '../src/worker/worker-lease.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

describeOnBothDatabases('an event that cannot be handled', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    // Half an hour before the end of the shop's day, in Berlin; in UTC the day goes on.
    const clock = movableClock(Date.UTC(2026, 5, 10, 21, 30));
    test = await openTestRuntime({ dialect, clock });
  });
  afterEach(() => test.close());

  /** An event that its handler cannot read, before its last try. */
  async function storePoison(id: string): Promise<void> {
    const now = test.clock.now();
    const times = { stripeCreatedAt: now, receivedAt: now };
    const about = { type: 'refund.updated', objectId: id, apiVersion: null, cameBy: null };
    await insertEvents(test.runtime.db, [{ id, ...about, ...times, payload: 'no JSON' }]);
    const { db } = test.runtime;
    await db.updateTable('stripeEvents').set({ tries: 11 }).where('id', '=', id).execute();
  }

  /** The one event that waits, as a worker takes it. */
  async function takeOne(): Promise<Row<'stripeEvents'>> {
    const [row] = await claimEvents(test.runtime.db, { ...workerLease(test.runtime), limit: 1 });
    if (!row) throw new Error('no event waits');
    return row;
  }

  async function toldMail(): Promise<RenderedMail> {
    const data = await latestMail(test.runtime.db, 'event_dead_staff', 'staff@story.test');
    return renderMail('event_dead_staff', data, test.runtime.settings, 'en');
  }

  const told = async () => {
    const mails = test.runtime.db.selectFrom('outbox').select('data').orderBy('createdAt');
    const rows = await mails.where('kind', '=', 'event_dead_staff').execute();
    return rows.map(({ data }) => (JSON.parse(data) as { eventId: string }).eventId);
  };

  it('is told to staff when it is put aside, with its error and where it is', async () => {
    await storePoison('evt_poison');
    await processInbox(test.runtime);
    expect(await findEvent(test.runtime.db, 'evt_poison')).toMatchObject({ status: 'dead' });
    const mail = await toldMail();
    expect(mail.subject).toContain('refund.updated');
    expect(mail.text).toContain('evt_poison');
    expect(mail.text).toMatch(/The last error: Unexpected token .* is not valid JSON/);
    expect(mail.text).toContain('http://localhost:3001/events?status=dead');
  });

  it('is told without what its error says of keys and people', async () => {
    await storePoison('evt_poison');
    const said = `The key sk_test_4eC39HqLyjWDarjt may not read jo@example.com`;
    await tryEventAgain(test.runtime, await takeOne(), new Error(said));
    const mail = await toldMail();
    expect(mail.text).toContain('may not read');
    expect(mail.text + mail.html).not.toMatch(/4eC39HqLyjWDarjt|jo@example/);
  });

  it('is told once a day, by the shop’s calendar', async () => {
    await storePoison('evt_1');
    await storePoison('evt_2');
    await processInbox(test.runtime);
    test.clock.advance(20 * minuteMs);
    await storePoison('evt_3');
    await processInbox(test.runtime);
    expect(await told()).toHaveLength(1);
    test.clock.advance(20 * minuteMs);
    await storePoison('evt_4');
    await processInbox(test.runtime);
    test.clock.advance(20 * hourMs);
    await storePoison('evt_5');
    await processInbox(test.runtime);
    const [, ...later] = await told();
    expect(later).toEqual(['evt_4']);
  });

  it('is not put aside while that cannot be told', async () => {
    await storePoison('evt_1');
    const rename = (from: string, to: string) =>
      test.runtime.db.schema.alterTable(from).renameTo(to).execute();
    await rename('outbox', 'outbox_gone');
    await expect(processInbox(test.runtime)).rejects.toThrow();
    expect(await findEvent(test.runtime.db, 'evt_1')).toMatchObject({ status: 'pending' });
    await rename('outbox_gone', 'outbox');
    test.clock.advance(2 * minuteMs);
    await processInbox(test.runtime);
    expect(await findEvent(test.runtime.db, 'evt_1')).toMatchObject({ status: 'dead' });
    expect(await told()).toEqual(['evt_1']);
  });

  it('is not told of when another has handled it meanwhile', async () => {
    await storePoison('evt_1');
    const row = await takeOne();
    await endEvents(test.runtime.db, [{ ...row, status: 'handled', lastError: null }], 1);
    await tryEventAgain(test.runtime, row, new Error('too late'));
    expect(await findEvent(test.runtime.db, 'evt_1')).toMatchObject({ status: 'handled' });
    expect(await told()).toEqual([]);
  });
});
