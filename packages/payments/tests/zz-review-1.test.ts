import { saveCard } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { listAudit } from '@onfile/db/tables/audit-log.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { endEvent, insertEvents, postponeEvent } from '@onfile/db/tables/stripe-events.ts';
import { afterEach, beforeEach, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { newId } from '../src/ids.ts';
import { detachPaymentMethod } from '../src/payment-methods/detach-payment-method.ts';
import { resumeAttempts } from '../src/worker/resume-attempts.ts';

describeOnBothDatabases('zz', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => { test = await openTestRuntime({ dialect }); });
  afterEach(() => test.close());
  const say = (...x: unknown[]) => process.stdout.write(`\n>> [${dialect}] ${x.map((y) => typeof y === 'string' ? y : JSON.stringify(y)).join(' ')}\n`);
  const ask = (on: any) => ({ chargeRequestId: newId('chargeRequest'), staffId: 's', customerId: on.customer.id, agreementId: on.agreementId, paymentMethodId: on.method.id, amount: '25.00', currency: 'usd', reason: 'x', goPastPaymentId: null });
  it('7 detach twice', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    const rm = { customerId: on.customer.id, paymentMethodId: on.method.id };
    await Promise.all([1, 2, 3].map(() => listAudit(test.runtime.db, 'x')));
    const r = await Promise.allSettled([detachPaymentMethod(test.runtime, rm), detachPaymentMethod(test.runtime, rm)]);
    say('7:', r, (await listAudit(test.runtime.db, on.method.id)).map((f) => f.action));
  });
  it('14 stored 500', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    await test.control.fault({ method: 'POST', path: '/v1/payment_intents', times: 50, action: 'status', status: 500 });
    const a: any = await chargeSavedMethod(test.runtime, ask(on));
    for (let i = 0; i < 30; i++) { test.clock.advance(15 * 60_000); await resumeAttempts(test.runtime); }
    await test.control.clearFaults(); test.clock.advance(20 * 60_000); await resumeAttempts(test.runtime);
    const [x] = await listAttempts(test.runtime.db, a.payment.id);
    say('14:', x!.status, x!.sendCount, (await test.control.objects('charge')).length);
  });
  it('15 403 on first, permission', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    await test.control.fault({ method: 'POST', path: `/v1/payment_methods/${on.method.stripePaymentMethodId}/detach`, times: 1, action: 'status', status: 403 });
    const rm = { customerId: on.customer.id, paymentMethodId: on.method.id };
    say('15: shopper gets', await detachPaymentMethod(test.runtime, rm).catch((e) => e.type), (await test.runtime.db.selectFrom('paymentMethods').select('status').execute()), await test.runtime.db.selectFrom('stripeOperations').select(['kind', 'status']).where('kind', '=', 'detach_payment_method').execute());
  });
  it('16 slow holder kills a handled event', async () => {
    await insertEvents(test.runtime.db, [{ id: 'e', type: 't', apiVersion: null, objectId: null, stripeCreatedAt: 0, payload: '{}', receivedAt: 0, nextTryAt: 0 } as any]);
    await endEvent(test.runtime.db, 'e', 'handled', 1);
    await endEvent(test.runtime.db, 'e', 'dead', 2, 'x');
    say('16:', await test.runtime.db.selectFrom('stripeEvents').select(['status', 'lastError']).execute());
  });
});
