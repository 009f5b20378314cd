import { startConstellation } from '@onfile/dev-env/constellation.ts';
import { ownGuard } from '@onfile/dev-env/own-guard.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { createTestDatabase, describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { expect, it, onTestFinished } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { closeRuntime, openRuntime } from '../src/runtime.ts';
import { parseSettings } from '../src/settings.ts';

/** The next worker lives later, so that what the dead one held is free without waiting for it. */
const later = (minutes: number) => ({ ONFILE_CLOCK_OFFSET_MS: String(minutes * 60_000) });

describeOnBothDatabases('a worker that is killed in the middle of a charge', (dialect) => {
  it('leaves a payment that the next start finds charged, once', async () => {
    const database = dialect === 'postgres' ? await createTestDatabase(dialect) : null;
    const shop = await startConstellation({
      children: ['sandbox', 'worker'],
      ...(database?.location.kind === 'postgres' && { databaseUrl: database.location.url }),
    });
    const runtime = openRuntime(parseSettings({ ...shop.env, LOG_LEVEL: 'silent' }), {
      name: 'story',
      guard: ownGuard(),
    });
    onTestFinished(async () => {
      await closeRuntime(runtime);
      await shop.stop();
      await database?.remove();
    });
    await shop.kill('worker', 'SIGKILL');
    const on = await saveCard(
      { runtime, sandbox: { url: shop.sandboxUrl } },
      'ada',
      '4242424242424242',
    );

    // Staff click, and the line breaks before the request reaches Stripe.
    const path = '/v1/payment_intents';
    await shop.control.fault({ method: 'POST', path, times: 2, action: 'reset_before' });
    const answer = await chargeSavedMethod(
      runtime,
      staffCharge(on, { amount: '48.00', reason: 'Balance of the workshop' }),
    );
    if (answer.kind === 'duplicate') throw new Error('taken for a duplicate');

    // A worker sends it again; Stripe does the work, and the worker dies before it hears of it.
    const held = await shop.control.fault({ method: 'POST', path, action: 'hold_after' });
    await shop.startChild('worker', later(2));
    const succeeded = async () =>
      (await shop.control.objects('charge')).filter((charge) => charge['status'] === 'succeeded');
    await waitUntil('Stripe has charged', async () => (await succeeded()).length > 0);
    await shop.kill('worker', 'SIGKILL');
    await held.release();
    expect(await findPayment(runtime.db, answer.payment.id)).toMatchObject({
      status: 'requires_payment_method',
    });

    await shop.startChild('worker', later(10));
    await waitUntil('the next worker has found out', async () => {
      const payment = await findPayment(runtime.db, answer.payment.id);
      return payment?.status === 'succeeded';
    });
    expect(await succeeded()).toHaveLength(1);
    const sent = await shop.control.requests({ method: 'POST', path });
    expect(new Set(sent.map((request) => request.idempotencyKey))).toEqual(
      new Set([`${answer.payment.id}:1`]),
    );
  });
});
