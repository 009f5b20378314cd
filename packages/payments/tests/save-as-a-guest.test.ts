import { findCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { findCustomer } from '@onfile/db/tables/customers.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { guestNamed, openSetup } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openAnotherRuntime, openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import type Stripe from 'stripe';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { getSetupResult } from '../src/setup/get-setup-result.ts';
import { finishOperations } from '../src/worker/finish-operations.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';

const card = '4242424242424242';
const attaches = { method: 'POST', path: '/v1/payment_methods' };

describeOnBothDatabases('a method that is saved before there is a customer', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
  });
  afterEach(() => test.close());

  const rows = (table: 'paymentMethods' | 'stripeOperations' | 'auditLog') =>
    test.runtime.db.selectFrom(table).selectAll().execute();

  /** A guest has entered a card, and nobody here has noticed yet. */
  async function entered() {
    const guest = await guestNamed(test.runtime, 'gwen');
    const opened = await openSetup(test.runtime, guest);
    await completeSetup(test, opened.stripeSessionId, card);
    const ask = () => getSetupResult(test.runtime, { customerId: guest.id, ...opened });
    return { guest, ...opened, ask };
  }

  async function setUpMethod(stripeSessionId: string): Promise<Stripe.PaymentMethod> {
    const session = await test.runtime.stripe.checkout.sessions.retrieve(stripeSessionId, {
      expand: ['setup_intent.payment_method'],
    });
    return (session.setup_intent as Stripe.SetupIntent).payment_method as Stripe.PaymentMethod;
  }

  /** Twice, since the SDK sends once more by itself when a connection is reset. */
  const loseAttach = (action: 'reset_before' | 'reset_after') =>
    test.control.fault({ method: 'POST', path: '/v1/payment_methods/*/attach', action, times: 2 });

  const settleInbox = async () => {
    await waitUntil('the completed event is stored', () =>
      test.runtime.db
        .selectFrom('stripeEvents')
        .select('id')
        .where('type', '=', 'checkout.session.completed')
        .executeTakeFirst(),
    );
    while ((await processInbox(test.runtime)) > 0);
  };

  it('opens Stripe’s page without a customer, with the guest’s address filled in', async () => {
    const { stripeSessionId } = await entered();
    const session = await test.runtime.stripe.checkout.sessions.retrieve(stripeSessionId);
    expect(session).toMatchObject({ customer: null, customer_email: 'gwen@example.com' });
    expect(await setUpMethod(stripeSessionId)).toMatchObject({ customer: null });
  });

  it('is attached afterwards to the customer that is made for it', async () => {
    const { guest, stripeSessionId, ask } = await entered();
    expect(await ask()).toMatchObject({ state: 'saved' });
    const known = await findCustomer(test.runtime.db, guest.id);
    expect(await setUpMethod(stripeSessionId)).toMatchObject({ customer: known?.stripeCustomerId });
    const made = (await rows('stripeOperations')).map((row) => 'kind' in row && row.kind);
    expect(made).toContain('attach_payment_method');
  });

  it('is attached once when the webhook, the return page and a worker come at once', async () => {
    const { stripeSessionId, ask, guest } = await entered();
    await waitUntil('the completed event is stored', () =>
      test.runtime.db
        .selectFrom('stripeEvents')
        .select('id')
        .where('type', '=', 'checkout.session.completed')
        .executeTakeFirst(),
    );
    const other = openAnotherRuntime(test, 'other');
    const page = { customerId: guest.id, stripeSessionId };
    await Promise.all([
      ask(),
      getSetupResult(other.runtime, page),
      processInbox(test.runtime),
      processInbox(other.runtime),
    ]);
    await other.close();
    test.clock.advance(3_600_000);
    while ((await finishOperations(test.runtime)) > 0);
    while ((await processInbox(test.runtime)) > 0);
    expect(await ask()).toMatchObject({ state: 'saved' });
    expect(await rows('paymentMethods')).toHaveLength(1);
    const attached = await test.control.objects('event');
    const news = attached.filter((event) => event['type'] === 'payment_method.attached');
    expect(news).toHaveLength(1);
    expect(await test.control.objects('customer')).toHaveLength(1);
  });

  it.each(['reset_before', 'reset_after'] as const)(
    'is attached by the worker when the connection is lost (%s)',
    async (action) => {
      const { ask } = await entered();
      await loseAttach(action);
      expect(await ask()).toEqual({ state: 'waiting' });
      test.clock.advance(120_000);
      await finishOperations(test.runtime);
      expect(await ask()).toMatchObject({ state: 'saved' });
      expect(await rows('paymentMethods')).toHaveLength(1);
    },
  );

  it('is saved all the same when somebody has attached it to that customer already', async () => {
    const { guest, stripeSessionId, ask } = await entered();
    await loseAttach('reset_before');
    expect(await ask()).toEqual({ state: 'waiting' });
    const known = await findCustomer(test.runtime.db, guest.id);
    const method = await setUpMethod(stripeSessionId);
    const customer = known?.stripeCustomerId ?? '';
    await test.runtime.stripe.paymentMethods.attach(method.id, { customer });
    test.clock.advance(120_000);
    await finishOperations(test.runtime);
    expect(await ask()).toMatchObject({ state: 'saved' });
    const tried = (await test.control.requests(attaches)).filter(({ path }) =>
      path.endsWith('/attach'),
    );
    expect(tried.map(({ status }) => status)).toContain(400);
  });

  it('is refused, kept on record and reported when it is another customer’s', async () => {
    const { guest, sessionId, stripeSessionId, ask } = await entered();
    const thief = await test.runtime.stripe.customers.create({ email: 'thief@example.com' });
    const method = await setUpMethod(stripeSessionId);
    await test.runtime.stripe.paymentMethods.attach(method.id, { customer: thief.id });
    expect(await ask()).toEqual({ state: 'refused' });
    await settleInbox();
    expect(await ask()).toEqual({ state: 'refused' });
    expect(await rows('paymentMethods')).toEqual([]);
    expect(await findCheckoutSession(test.runtime.db, sessionId)).toMatchObject({
      problem: 'method_of_another',
      paymentMethodId: null,
    });
    const facts = await rows('auditLog');
    expect(facts).toContainEqual(
      expect.objectContaining({ action: 'payment_method.not_kept', subjectId: guest.id }),
    );
  });

  it('is refused when the other customer got it between our look and our call', async () => {
    const { stripeSessionId, ask, sessionId } = await entered();
    const held = await test.control.fault({
      method: 'POST',
      path: '/v1/payment_methods/*/attach',
      action: 'hold_before',
    });
    const asked = ask();
    await waitUntil('the call is under way', async () =>
      (await rows('stripeOperations')).find(
        (row) => 'kind' in row && row.kind === 'attach_payment_method',
      ),
    );
    const method = await setUpMethod(stripeSessionId);
    await test.runtime.stripe.customers.create({ payment_method: method.id });
    await held.release();
    expect(await asked).toEqual({ state: 'refused' });
    expect(await findCheckoutSession(test.runtime.db, sessionId)).toMatchObject({
      problem: 'method_of_another',
    });
  });
});

describeOnBothDatabases('a guest where customers are Accounts v2', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    const settings = { customers: { model: 'accounts_v2' as const, accountsVersion: null } };
    test = await openTestRuntime({ dialect, settings });
  });
  afterEach(() => test.close());

  it('is made an account first, and nothing is attached afterwards', async () => {
    const guest = await guestNamed(test.runtime, 'gwen');
    const { stripeSessionId } = await openSetup(test.runtime, guest);
    const known = await findCustomer(test.runtime.db, guest.id);
    expect(known?.stripeAccountId).toMatch(/^acct_/);
    await completeSetup(test, stripeSessionId, card);
    const result = await getSetupResult(test.runtime, { customerId: guest.id, stripeSessionId });
    expect(result).toMatchObject({ state: 'saved' });
    const calls = await test.control.requests(attaches);
    expect(calls.filter(({ path }) => path.endsWith('/attach'))).toEqual([]);
  });
});
