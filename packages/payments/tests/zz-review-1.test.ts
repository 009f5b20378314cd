import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { saveCard, customerNamed, openSetup } from '@onfile/dev-env/save-card.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openAnotherRuntime, openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { listAttempts, findAttempt } from '@onfile/db/tables/attempts.ts';
import { findPayment, lockPayment } from '@onfile/db/tables/payments.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { insertEvents } from '@onfile/db/tables/stripe-events.ts';
import { listAudit } from '@onfile/db/tables/audit-log.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { newId } from '../src/ids.ts';
import { closeRuntime, openRuntime } from '../src/runtime.ts';
import { detachPaymentMethod } from '../src/payment-methods/detach-payment-method.ts';
import { getSetupResult } from '../src/setup/get-setup-result.ts';
import { settleCheckoutSession } from '../src/setup/settle-checkout-session.ts';
import { finishCreateSession } from '../src/setup/start-setup.ts';
import { settlePaymentIntent, settleOutcome } from '../src/state/settle-payment-intent.ts';
import { resumeAttempts } from '../src/worker/resume-attempts.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';
import { receiveStripeEvent } from '../src/webhooks/receive-stripe-event.ts';

describeOnBothDatabases('zz', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => { test = await openTestRuntime({ dialect }); });
  afterEach(() => test.close());
  const paid = async () => (await test.control.objects('charge')).filter((c) => c['status'] === 'succeeded').length;
  async function charge(name: string, change: object = {}, rt = test.runtime) {
    const on = await saveCard(test, name, '4242424242424242');
    const a = await chargeSavedMethod(rt, { chargeRequestId: newId('chargeRequest'), staffId: 's', customerId: on.customer.id, agreementId: on.agreementId, paymentMethodId: on.method.id, amount: '25.00', currency: 'usd', reason: 'x', goPastPaymentId: null, ...change });
    return (a as any).payment;
  }
  async function fake(status: number, body: unknown) {
    let n = 0;
    const server = createServer((req, res) => { req.resume(); req.on('end', () => { n++; res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)); }); });
    await new Promise<void>((r) => server.listen(0, '127.0.0.1', r));
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const s = test.runtime.settings;
    const rt = openRuntime({ ...s, stripe: { ...s.stripe, apiBase: url } }, { name: 'fake', clock: test.clock, log: pino({ level: 'silent' }) });
    return { rt, count: () => n, close: async () => { await closeRuntime(rt); server.closeAllConnections(); server.close(); } };
  }
  const say = (...x: unknown[]) => process.stdout.write(`\n>> [${dialect}] ${x.map((y) => typeof y === 'string' ? y : JSON.stringify(y)).join(' ')}\n`);

  it('1 401 on a resend', async () => {
    await test.control.fault({ method: 'POST', path: '/v1/payment_intents', times: 2, action: 'reset_after' });
    const p = await charge('ada');
    test.clock.advance(60_000);
    const f = await fake(401, { error: { type: 'invalid_request_error', message: 'Invalid API Key' } });
    await resumeAttempts(f.rt); await f.close();
    const [a] = await listAttempts(test.runtime.db, p.id);
    say('1: paid at stripe', await paid(), 'attempt', a?.status, 'payment', (await findPayment(test.runtime.db, p.id))?.status);
    test.clock.advance(3600_000); await resumeAttempts(test.runtime);
    say('1: later', (await findPayment(test.runtime.db, p.id))?.status);
  });
  it('2 400 rate_limit', async () => {
    await saveCard(test, 'ada', '4242424242424242');
    const f = await fake(400, { error: { type: 'invalid_request_error', code: 'rate_limit', message: 'slow' } });
    const p = await charge('ada', {}, f.rt); await f.close();
    const [a] = await listAttempts(test.runtime.db, p.id);
    say('2: attempt', a?.status, a?.errorCode);
  });
  it('3 poison starves', async () => {
    await test.control.fault({ method: 'POST', path: '/v1/payment_intents', times: 6, action: 'reset_after' });
    const p1 = await charge('ada'); test.clock.advance(10); const p2 = await charge('bob'); test.clock.advance(10);
    const p3 = await charge('cyd');
    await test.runtime.db.insertInto('paymentIntents').values({ id: newId('paymentIntent'), paymentId: p1.id, stripePaymentIntentId: 'pi_other', status: 'requires_payment_method', amountReceivedMinor: 0, latestChargeId: null, supersededAt: null, asOf: 0, createdAt: 0, updatedAt: 0 }).execute();
    for (let i = 0; i < 10; i++) { test.clock.advance(120_000); await resumeAttempts(test.runtime).catch(() => undefined); }
    say('3: others', (await findPayment(test.runtime.db, p2.id))?.status, (await findPayment(test.runtime.db, p3.id))?.status, 'paid', await paid());
  });
  it('4 found without an error', async () => {
    await test.control.fault({ method: 'POST', path: '/v1/payment_intents', times: 2, action: 'reset_before' });
    const p = await charge('ada');
    const on = await saveCard(test, 'ada', '4242424242424242');
    await test.runtime.stripe.paymentIntents.create({ amount: 2500, currency: 'usd', customer: on.customer.stripeCustomerId!, metadata: { onfile_payment: p.id }, automatic_payment_methods: { enabled: true, allow_redirects: 'never' } });
    let n = 0;
    for (let i = 0; i < 40; i++) { test.clock.advance(25 * 3600_000); n += await resumeAttempts(test.runtime); }
    const [a] = await listAttempts(test.runtime.db, p.id);
    say('4: attempt after 40 days', a?.status, 'claimed', n, 'nextTryAt in past', a!.nextTryAt < test.clock.now() - 30 * 24 * 3600_000, 'detach:', await detachPaymentMethod(test.runtime, { customerId: p.customerId, paymentMethodId: p.paymentMethodId }).catch((e) => e.code));
  });
  it('5 502 json without error', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    const f = await fake(502, { message: 'Bad gateway' });
    const r = await detachPaymentMethod(f.rt, { customerId: on.customer.id, paymentMethodId: on.method.id });
    const c = await customerNamed(test.runtime, 'zed');
    const setup = await openSetup(f.rt, c).catch((e) => String(e));
    const a = await charge('bob', {}, f.rt).catch((e) => String(e));
    await f.close();
    const at = await test.runtime.stripe.paymentMethods.retrieve(on.method.stripePaymentMethodId);
    say('5: detach says', r, 'at Stripe customer', at.customer, 'setup', setup, 'charge', a, 'ops', await test.runtime.db.selectFrom('stripeOperations').select(['kind', 'status', 'request']).execute());
  });
  it('7 detach twice', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    const other = openAnotherRuntime(test);
    const rm = { customerId: on.customer.id, paymentMethodId: on.method.id };
    const r = await Promise.allSettled([detachPaymentMethod(test.runtime, rm), detachPaymentMethod(other, rm)]);
    await closeRuntime(other);
    say('7:', r, (await listAudit(test.runtime.db, on.method.id)).map((f) => f.action));
  });
  it('8 detached at Stripe before settle', async () => {
    const c = await customerNamed(test.runtime, 'ada');
    const { stripeSessionId } = await openSetup(test.runtime, c);
    await completeSetup(test, stripeSessionId, '4242424242424242');
    const s = await test.runtime.stripe.checkout.sessions.retrieve(stripeSessionId, { expand: ['setup_intent'] });
    await test.runtime.stripe.paymentMethods.detach((s.setup_intent as any).payment_method);
    const r: any = await settleCheckoutSession(test.runtime, stripeSessionId, { kind: 'stripe' });
    say('8:', (await findPaymentMethod(test.runtime.db, r.paymentMethodId))?.status);
  });
  it('9 NUL', async () => {
    say('9:', await charge('ada', { reason: 'a\u0000b' }).then((p) => p.status, (e) => String(e)));
  });
  it('11 session status goes back', async () => {
    const c = await customerNamed(test.runtime, 'ada');
    const { stripeSessionId, sessionId } = await openSetup(test.runtime, c);
    await completeSetup(test, stripeSessionId, '4242424242424242');
    await settleCheckoutSession(test.runtime, stripeSessionId, { kind: 'stripe' });
    const op = await test.runtime.db.selectFrom('stripeOperations').selectAll().where('subjectId', '=', sessionId).executeTakeFirstOrThrow();
    await finishCreateSession(test.runtime, op);
    say('11:', await test.runtime.db.selectFrom('checkoutSessions').select(['status', 'paymentMethodId']).where('id', '=', sessionId).execute());
  });
  it('12 outage kills events', async () => {
    const payload = JSON.stringify({ id: 'evt_1', object: 'event', api_version: 'x', created: 1, livemode: false, type: 'checkout.session.completed', data: { object: { id: 'cs_1' } } });
    const sig = test.runtime.stripe.webhooks.generateTestHeaderString({ payload, secret: test.runtime.settings.stripe.webhookSecret, timestamp: Math.floor(test.clock.now() / 1000) });
    await receiveStripeEvent(test.runtime, { rawBody: Buffer.from(payload), signatureHeader: sig });
    const f = await fake(500, { error: { type: 'api_error', message: 'down' } });
    const start = test.clock.now(); let st = 'pending';
    while (st === 'pending') { test.clock.advance(2000); await processInbox(f.rt); st = (await test.runtime.db.selectFrom('stripeEvents').select('status').executeTakeFirstOrThrow()).status; }
    await f.close();
    say('12:', st, 'after minutes', (test.clock.now() - start) / 60000);
  }, 60_000);
  it('13 return page while Stripe says 500/429', async () => {
    const c = await customerNamed(test.runtime, 'ada');
    const { stripeSessionId } = await openSetup(test.runtime, c);
    for (const status of [500, 429]) {
      const f = await fake(status, { error: { type: 'api_error', message: 'down' } });
      say('13:', status, await getSetupResult(f.rt, { customerId: c.id, stripeSessionId }).catch((e) => `throws ${e.type}`)); await f.close();
    }
  });
  if (dialect === 'postgres') {
    it('6 audit twice', async () => {
      await test.control.fault({ method: 'POST', path: '/v1/payment_intents', times: 2, action: 'reset_after' });
      const p = await charge('ada');
      const [a] = await listAttempts(test.runtime.db, p.id);
      const c = (await test.runtime.db.selectFrom('customers').selectAll().executeTakeFirstOrThrow()).stripeCustomerId!;
      const [intent] = (await test.runtime.stripe.paymentIntents.list({ customer: c })).data;
      const other = openAnotherRuntime(test);
      let late: Promise<void> = Promise.resolve();
      await test.runtime.db.transaction().execute(async (tx) => {
        await lockPayment(tx, p.id);
        late = settleOutcome(other, { attemptId: a!.id, outcome: { kind: 'answered', intent: intent! }, stripeRequestId: 'r', asOf: test.clock.now(), actor: { kind: 'stripe' } });
        await new Promise((r) => setTimeout(r, 300));
        await settlePaymentIntent({ ...test.runtime, db: tx as any }, { intent: intent!, asOf: test.clock.now(), actor: { kind: 'stripe' } });
      });
      await late; await closeRuntime(other);
      say('6:', (await listAudit(test.runtime.db, p.id)).map((f) => f.action));
    });
    it('10 deadlock', async () => {
      const other = openAnotherRuntime(test);
      let dead = 0;
      for (let r = 0; r < 15; r++) {
        const rows = Array.from({ length: 500 }, (_, i) => ({ id: `evt_${r}_${i}`, type: 't', apiVersion: null, objectId: null, stripeCreatedAt: 0, payload: '{}', receivedAt: 0, nextTryAt: 0 }));
        const res = await Promise.allSettled([insertEvents(test.runtime.db, rows as any), insertEvents(other.db, [...rows].reverse() as any)]);
        for (const x of res) if (x.status === 'rejected') { dead++; if (dead === 1) say('10:', String(x.reason)); }
      }
      await closeRuntime(other);
      say('10: rejected batches of 15 rounds', dead);
    }, 120_000);
  }
});
