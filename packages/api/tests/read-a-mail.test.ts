import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { deliverOutbox } from '@onfile/payments/mail/deliver-outbox.ts';
import { queueMail } from '@onfile/payments/mail/queue-mail.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StaffRole } from '../src/context.ts';
import { callersOf } from './callers.ts';

describeOnBothDatabases('staff read the outbox', (dialect) => {
  let test: TestRuntime;
  let mailId: string;

  const staff = (role: StaffRole) => callersOf(test).staff(role);

  const read = (role: StaffRole) => staff(role).mail.get({ mailId });

  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    const { db, clock } = test.runtime;
    await queueMail(db, clock, {
      kind: 'one_time_code',
      about: 'this test',
      to: 'ada@example.com',
      data: () => ({ code: '482913', minutes: 10 }),
      customerId: null,
    });
    const row = await db.selectFrom('outbox').select('id').executeTakeFirstOrThrow();
    mailId = row.id;
  });
  afterEach(() => test.close());

  it('and see a code as owners alone, where mails are kept for want of a server', async () => {
    expect((await read('owner')).content).toEqual({ shown: 'secret' });
    await deliverOutbox(test.runtime);
    expect(await read('owner')).toMatchObject({ status: 'kept', content: { shown: 'words' } });
    expect(JSON.stringify((await read('owner')).content)).toContain('482913');
    await expect(read('viewer')).rejects.toThrow('role_not_allowed');
    await expect(read('charger')).rejects.toThrow('role_not_allowed');
  });

  it('and see none where a server is set, nor in the list', async () => {
    await deliverOutbox(test.runtime);
    test.runtime.settings.mail.smtpUrl = 'smtp://127.0.0.1:9';
    expect((await read('owner')).content).toEqual({ shown: 'secret' });
    const list = await staff('owner').mail.list();
    expect(list.mails).toMatchObject([{ id: mailId, subject: null, status: 'kept' }]);
    expect(JSON.stringify(list)).not.toContain('482913');
  });
});
