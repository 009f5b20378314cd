import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import { eventsAbout, idOf, newCustomer, newSetup, saveCard } from './make-objects.ts';
import { RETURN_URL, ask, believed, pressChallenge, sandboxOnly, stripe } from './open-stripe.ts';

describe('a SetupIntent', () => {
  test('waits for a payment method, for off-session use unless told otherwise', async () => {
    const intent = await newSetup();
    expect(intent).toMatchObject({
      id: expect.stringMatching(/^seti_/) as string,
      object: 'setup_intent',
      status: 'requires_payment_method',
      usage: 'off_session',
      payment_method: null,
      customer: null,
      next_action: null,
      last_setup_error: null,
      latest_attempt: null,
      mandate: null,
      livemode: false,
    });
    expect(intent.client_secret).toMatch(new RegExp(`^${intent.id}_secret_.+`));
    expect((await newSetup({ usage: 'on_session' })).usage).toBe('on_session');
    await eventsAbout(intent.id, ['setup_intent.created']);
  });

  test('with a payment method waits for its confirmation', async () => {
    const intent = await newSetup({ payment_method: 'pm_card_visa' });
    expect(intent.status).toBe('requires_confirmation');
    expect((await stripe.setupIntents.confirm(intent.id)).status).toBe('succeeded');
  });

  test('that succeeds attaches its method to its customer', async () => {
    const customer = await newCustomer();
    const intent = await newSetup({ customer, payment_method: 'pm_card_visa', confirm: true });
    expect(intent).toMatchObject({ status: 'succeeded', customer });
    const method = await stripe.paymentMethods.retrieve(idOf(intent.payment_method));
    expect(method).toMatchObject({ customer, allow_redisplay: 'unspecified' });
    await eventsAbout(intent.id, ['setup_intent.succeeded']);
    await eventsAbout(method.id, ['payment_method.attached']);
  });

  test('without a customer leaves its method to be attached once', async () => {
    const intent = await newSetup({ payment_method: 'pm_card_visa', confirm: true });
    const id = idOf(intent.payment_method);
    expect((await stripe.paymentMethods.retrieve(id)).customer).toBeNull();
    const customer = await newCustomer();
    expect((await stripe.paymentMethods.attach(id, { customer })).customer).toBe(customer);
  });

  test('keeps what update gives it', async () => {
    const intent = await newSetup();
    const updated = await stripe.setupIntents.update(intent.id, {
      description: 'A desk',
      metadata: { order: '7' },
      payment_method: 'pm_card_visa',
    });
    expect(updated).toMatchObject({
      status: 'requires_confirmation',
      description: 'A desk',
      metadata: { order: '7' },
    });
  });
});

describe('a SetupIntent whose card is declined', () => {
  test('is a 402 that names the intent, which is left open', async () => {
    const error = await refusal(
      newSetup({
        customer: await newCustomer(),
        payment_method: 'pm_card_visa_chargeDeclined',
        confirm: true,
      }),
    );
    expect(error).toMatchObject({
      statusCode: 402,
      rawType: 'card_error',
      code: 'card_declined',
      decline_code: 'generic_decline',
    });
    const intent = await stripe.setupIntents.retrieve(error.setup_intent?.id ?? '');
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      last_setup_error: { code: 'card_declined', decline_code: 'generic_decline' },
    });
    await eventsAbout(intent.id, ['setup_intent.setup_failed']);
    const next = await stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    expect(next).toMatchObject({ status: 'succeeded', last_setup_error: null });
  });
});

describe('a SetupIntent whose card asks for 3D Secure', () => {
  const challenged = async (): Promise<Awaited<ReturnType<typeof newSetup>>> =>
    newSetup({
      customer: await newCustomer(),
      payment_method: 'pm_card_authenticationRequiredOnSetup',
      confirm: true,
      return_url: RETURN_URL,
    });

  test('requires an action: a redirect to the bank', async () => {
    const intent = await challenged();
    expect(intent).toMatchObject({
      status: 'requires_action',
      next_action: { type: 'redirect_to_url', redirect_to_url: { return_url: RETURN_URL } },
    });
    expect(intent.next_action?.redirect_to_url?.url).toMatch(/^https?:\/\//);
    await eventsAbout(intent.id, ['setup_intent.requires_action']);
  });

  sandboxOnly("presses the bank's button")('succeeds when the shopper authenticates', async () => {
    const intent = await challenged();
    const back = await pressChallenge(intent.id, 'complete');
    expect(Object.fromEntries(back?.searchParams ?? [])).toEqual({
      setup_intent: intent.id,
      setup_intent_client_secret: intent.client_secret,
      redirect_status: 'succeeded',
    });
    expect((await stripe.setupIntents.retrieve(intent.id)).status).toBe('succeeded');
  });

  sandboxOnly("presses the bank's button")('waits for another method after a failure', async () => {
    const intent = await challenged();
    const back = await pressChallenge(intent.id, 'fail');
    expect(back?.searchParams.get('redirect_status')).toBe('failed');
    expect(await stripe.setupIntents.retrieve(intent.id)).toMatchObject({
      status: 'requires_payment_method',
      next_action: null,
      last_setup_error: { code: 'setup_intent_authentication_failure' },
    });
    await eventsAbout(intent.id, ['setup_intent.setup_failed']);
  });
});

describe('creating a SetupIntent', () => {
  const cases: [string, object, object][] = [
    [
      'with an unknown customer',
      { customer: 'cus_none' },
      { code: 'resource_missing', param: 'customer' },
    ],
    [
      'with an unknown payment method',
      { payment_method: 'pm_none' },
      { code: 'resource_missing', param: 'payment_method' },
    ],
    ['with an unknown usage', { usage: 'sometimes' }, { code: undefined, param: 'usage' }],
    [
      'with the old list of types',
      { payment_method_types: ['card'] },
      { code: 'payment_method_types_no_longer_supported' },
    ],
    [
      'with a return_url but unconfirmed',
      { return_url: RETURN_URL },
      { code: 'setup_intent_invalid_parameter' },
    ],
    [
      'with mandate_data but unconfirmed',
      { mandate_data: { customer_acceptance: { type: 'offline' } } },
      { code: 'setup_intent_invalid_parameter' },
    ],
  ];
  test.each(cases)('%s is refused', async (_case, params, expected) => {
    const error = await refusal(ask('POST', '/v1/setup_intents', { ...params }));
    expect(error).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error', ...expected });
  });

  test('and confirming it with a detached method is refused', async () => {
    const saved = await saveCard();
    await stripe.paymentMethods.detach(saved.payment_method);
    expect((await refusal(newSetup({ ...saved, confirm: true }))).statusCode).toBe(400);
  });

  believed('with a customer and an account is refused', async () => {
    const params = { customer: await newCustomer(), customer_account: 'acct_none' };
    const error = await refusal(ask('POST', '/v1/setup_intents', params));
    expect(error.statusCode).toBe(400);
  });
});

describe('setup attempts', () => {
  test('cannot be listed without their SetupIntent', async () => {
    expect(await refusal(ask('GET', '/v1/setup_attempts'))).toMatchObject({
      statusCode: 400,
      code: 'parameter_missing',
      param: 'setup_intent',
    });
  });

  test('are kept for each confirmation', async () => {
    const intent = await newSetup({ payment_method: 'pm_card_visa', confirm: true });
    const { data } = await stripe.setupAttempts.list({ setup_intent: intent.id });
    expect(data).toMatchObject([
      {
        id: idOf(intent.latest_attempt),
        object: 'setup_attempt',
        setup_intent: intent.id,
        payment_method: intent.payment_method,
        status: 'succeeded',
        setup_error: null,
        payment_method_details: { type: 'card' },
      },
    ]);
  });

  test('keep the error of one that failed', async () => {
    const error = await refusal(
      newSetup({ payment_method: 'pm_card_visa_chargeDeclined', confirm: true }),
    );
    const setup_intent = error.setup_intent?.id ?? '';
    const { data } = await stripe.setupAttempts.list({ setup_intent });
    expect(data).toMatchObject([{ status: 'failed', setup_error: { code: 'card_declined' } }]);
  });
});
