import { keepLog } from '@onfile/dev-env/keep-log.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { storeEvent } from '@onfile/dev-env/store-event.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { inLogContext } from '../src/observability/log-context.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';
import { receiveStripeEvent } from '../src/webhooks/receive-stripe-event.ts';

describeOnBothDatabases('the log', (dialect) => {
  let test: TestRuntime;
  let lines: string[];
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    ({ log: test.runtime.log, lines } = keepLog());
  });
  afterEach(() => test.close());

  it('has one line for a refused webhook, without its body', async () => {
    const rawBody = Buffer.from(JSON.stringify({ marker: 'very-private-words' }));
    await receiveStripeEvent(test.runtime, { rawBody, signatureHeader: 't=1,v1=00' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('webhook refused');
    expect(lines.join('')).not.toContain('very-private-words');
  });

  it('never has a client secret or a key, whatever goes wrong', async () => {
    const on = await saveCard(test, 'ada', '4000000000000341');
    await test.control.fault({
      method: 'POST',
      path: '/v1/payment_intents',
      times: 2,
      action: 'reset_after',
    });
    await chargeSavedMethod(test.runtime, staffCharge(on));
    const declined = await test.runtime.stripe.paymentIntents
      .create({
        amount: 500,
        currency: 'usd',
        confirm: true,
        payment_method: 'pm_card_visa_chargeDeclined',
        automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      })
      .catch((error: unknown) => error);
    test.runtime.log.error({ err: declined }, 'a decline');
    const [intent] = await test.control.objects('payment_intent');
    test.runtime.log.error({ intent, cookie: 'onfile-shop=1' }, 'an intent');
    const text = lines.join('');
    expect(text).toContain('outcome not known yet');
    expect(text).toContain('a decline');
    expect(text).not.toMatch(/_secret_[A-Za-z0-9]/);
    expect(text).not.toContain(test.runtime.settings.stripe.secretKey);
    expect(text).not.toContain('onfile-shop=1');
  });

  it('has no secret of an intent, a Session or an account, whatever object of Stripe’s is given to it', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    await chargeSavedMethod(test.runtime, staffCharge(on));
    const kinds = ['payment_intent', 'setup_intent', 'checkout.session', 'event'];
    const objects = (await Promise.all(kinds.map((kind) => test.control.objects(kind)))).flat();
    expect(JSON.stringify(objects)).toMatch(/_secret_[A-Za-z0-9]/);
    for (const object of objects) {
      test.runtime.log.error({ object, err: Object.assign(new Error(), { raw: object }) }, 'one');
      test.runtime.log.error({ err: new Error(JSON.stringify(object)) }, 'as a message');
    }
    test.runtime.log.error({ settings: test.runtime.settings }, 'all of the settings');
    const text = lines.join('');
    const { stripe, authSecret } = test.runtime.settings;
    expect(text).not.toMatch(/_secret_[A-Za-z0-9]/);
    for (const secret of [stripe.secretKey, ...stripe.webhookSecrets, authSecret]) {
      expect(text).not.toContain(secret);
    }
  });

  it('names the event on every line that is written while one is handled, and on no other', async () => {
    for (const id of ['evt_1', 'evt_2']) await storeEvent(test, id);
    await processInbox(test.runtime);
    test.runtime.log.info('after');
    const said = lines.map((line) => JSON.parse(line) as { event?: string; msg: string });
    expect(said.map((line) => line.event).sort()).toEqual(['evt_1', 'evt_2', undefined]);
    expect(said.at(-1)).toMatchObject({ msg: 'after' });
  });

  it('names the request on every line that is written for one, also on that of a refused webhook', async () => {
    await inLogContext({ requestId: 'req-1' }, () =>
      receiveStripeEvent(test.runtime, { rawBody: Buffer.from('{}'), signatureHeader: null }),
    );
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { requestId: 'req-1', msg: 'webhook refused' },
    ]);
  });
});
