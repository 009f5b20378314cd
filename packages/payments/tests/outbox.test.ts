import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { endMail } from '@onfile/db/tables/outbox.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { deliverOutbox } from '@onfile/payments/mail/deliver-outbox.ts';
import { queueMail } from '@onfile/payments/mail/queue-mail.ts';
import { retryMail } from '@onfile/payments/mail/retry-mail.ts';
import { renderMail } from '@onfile/payments/mail/render-mail.ts';

describeOnBothDatabases('a mail goes out by the outbox', (dialect) => {
  let test: TestRuntime;

  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  const removed = {
    kind: 'method_removed',
    about: 'meth_1',
    to: 'ann@example.com',
    data: () => ({ method: 'Visa ending in 4242' }),
    customerId: null,
  } as const;

  const stored = () => test.runtime.db.selectFrom('outbox').selectAll().execute();

  it('is written with its fact: a fact that is rolled back sends nothing', async () => {
    const { db, clock } = test.runtime;
    const rolledBack = inTransaction(db, async (tx) => {
      await queueMail(tx, clock, removed);
      throw new Error('the fact did not come about');
    });
    await expect(rolledBack).rejects.toThrow('did not come about');
    expect(await stored()).toEqual([]);
  });

  it('is one mail for one fact, and is kept where no mail server is set', async () => {
    const { db, clock } = test.runtime;
    await queueMail(db, clock, removed);
    await queueMail(db, clock, removed);
    expect(await deliverOutbox(test.runtime)).toBe(1);
    expect(await deliverOutbox(test.runtime)).toBe(0);
    expect(await stored()).toMatchObject([
      { status: 'kept', subject: 'Visa ending in 4242 was removed at Story shop' },
    ]);
  });

  it('is sent again when staff say so, after nobody took it; never twice otherwise', async () => {
    const { db, clock } = test.runtime;
    await queueMail(db, clock, removed);
    const [{ id: mailId } = { id: '' }] = await stored();
    const retry = { mailId, staffId: 'staff-1' };
    await endMail(db, mailId, { status: 'dead', lastError: 'refused' });
    await retryMail(test.runtime, retry);
    await retryMail(test.runtime, retry);
    expect(await stored()).toMatchObject([{ status: 'pending', tries: 0 }]);
    expect(await deliverOutbox(test.runtime)).toBe(1);
    await retryMail(test.runtime, retry);
    expect(await stored()).toMatchObject([{ status: 'kept' }]);
    const facts = await db.selectFrom('auditLog').select('action').execute();
    expect(facts.filter(({ action }) => action === 'mail.retried')).toHaveLength(1);
  });

  it('waits longer after each refusal of the server, and after two days for a person', async () => {
    const { db, clock } = test.runtime;
    // Nothing listens on port 9 of this machine.
    test.runtime.settings.mail.smtpUrl = 'smtp://127.0.0.1:9';
    await queueMail(db, clock, removed);
    await deliverOutbox(test.runtime);
    const [refused] = await stored();
    expect(refused).toMatchObject({ status: 'pending', tries: 1, leaseHolder: null });
    expect((refused?.nextTryAt ?? 0) - (refused?.createdAt ?? 0)).toBeGreaterThanOrEqual(10_000);
    expect(await deliverOutbox(test.runtime)).toBe(0);
    for (let turn = 0; turn < 13; turn += 1) {
      test.clock.advance(5 * 60 * 60 * 1000);
      await deliverOutbox(test.runtime);
    }
    expect(await stored()).toMatchObject([{ status: 'dead' }]);
  });
});

it('a shop or a card with markup in its name stays text in the mail', () => {
  const mail = renderMail(
    'method_removed',
    { method: '<img src=x onerror=alert(1)>' },
    {
      shopName: 'A & B\r\nBcc: everyone@example.com',
      storefrontOrigin: 'https://shop.example.com',
      adminOrigin: 'https://admin.example.com',
      authSecret: 'x'.repeat(32),
    },
    'de',
  );
  expect(mail.html).toContain('<html lang="de">');
  expect(mail.html).not.toContain('<img');
  expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(mail.subject).not.toMatch(/[\r\n]/);
  expect(mail.text).toContain('https://shop.example.com/account/payment-methods');
});
