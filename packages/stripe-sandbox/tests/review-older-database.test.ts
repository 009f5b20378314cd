import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { openSandbox, openStripe, pressCheckoutButton } from './open-sandbox.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'older-sandbox-'));
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

/** Takes away what databases of the first version did not have. */
function makeOlder(): void {
  const db = new Database(join(dataDir, 'sandbox.sqlite'));
  db.exec(`
    update objects set hidden = json_remove(hidden, '$.pageSecret', '$.returnUrl', '$.recoveryToken',
      '$.customerUpdate', '$.payment.usageByType', '$.payment.receiptEmail', '$.payment.shipping',
      '$.payment.statementDescriptor', '$.payment.statementDescriptorSuffix')
    where type = 'checkout.session';
    create unique index once_unique on objects (id);
  `);
  db.pragma('user_version = 1');
  db.close();
}

test('sessions that were open in an older database can still be paid, and ids are free again', async () => {
  const before = await openSandbox({ dataDir });
  const sale = await before.stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: 'https://example.com/done',
    line_items: [
      {
        quantity: 1,
        price_data: { currency: 'usd', unit_amount: 1500, product_data: { name: 'Lamp' } },
      },
    ],
  });
  const setup = await before.stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'usd',
    ui_mode: 'embedded_page',
    return_url: 'https://example.com/done',
  });
  await before.stripe.products.create({ id: 'plan', name: 'Plan' });
  await before.sandbox.close();
  makeOlder();

  const after = await openSandbox({ dataDir });
  try {
    for (const session of [sale, setup]) {
      const pressed = await pressCheckoutButton(after, session, '4242424242424242');
      expect(pressed.body).toMatchObject({ status: 'complete' });
    }
    const other = openStripe(after.sandbox, 'sk_test_neighbour');
    expect((await other.products.create({ id: 'plan', name: 'Theirs' })).name).toBe('Theirs');
  } finally {
    await after.sandbox.close();
  }
});
