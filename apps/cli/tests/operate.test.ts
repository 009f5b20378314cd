import { saveCard } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { processInbox } from '@onfile/payments/webhooks/process-inbox.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { operatorsEnv, runOnfile } from './run-onfile.ts';
import type { Ended } from './run-onfile.ts';

// One story, in its order: a command is a process, and processes take their time to start.
describeOnBothDatabases('operating from the terminal', (dialect) => {
  let test: TestRuntime;
  let methodId: string;
  beforeAll(async () => {
    test = await openTestRuntime({ dialect });
    methodId = (await saveCard(test, 'ada', '4242424242424242')).method.id;
  });
  afterAll(() => test.close());

  const onfile = (words: string, env: Record<string, string> = {}): Promise<Ended> =>
    runOnfile(words.split(' '), { ...operatorsEnv(test), ...env });
  const facts = ({ out }: Ended) => JSON.parse(out) as Record<string, unknown>;
  const statusOfCard = async () =>
    (
      await test.runtime.db
        .selectFrom('paymentMethods')
        .select('status')
        .where('id', '=', methodId)
        .executeTakeFirstOrThrow()
    ).status;

  it('finds that Stripe sends nothing, makes the endpoint, and is well then', async () => {
    const ill = await onfile('doctor');
    expect(ill.code).toBe(1);
    expect(ill.out).toMatch(/✓ The database belongs to the keys' account acct_/);
    expect(ill.out).toMatch(/✗ Stripe sends nothing to .* run "pnpm onfile endpoint create"/);
    const made = await onfile('endpoint create');
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toMatch(/Its signing secret, shown only now: whsec_/);
    expect(facts(await onfile('doctor --json'))).toMatchObject({ isWell: true });
  });

  it('finds a card that was detached past us, says why, and repairs it', async () => {
    const { stripePaymentMethodId } = await test.runtime.db
      .selectFrom('paymentMethods')
      .select('stripePaymentMethodId')
      .where('id', '=', methodId)
      .executeTakeFirstOrThrow();
    await test.runtime.stripe.paymentMethods.detach(stripePaymentMethodId);
    const ofAnother = { onfile_payment: 'pay_of_another_installation' };
    const stray = { amount: 900, currency: 'usd', metadata: ofAnother };
    const { id } = await test.runtime.stripe.paymentIntents.create(stray);
    const found = await onfile('drift --full');
    expect(found.code).toBe(1);
    expect(found.out).toContain(`- ${id} (pay_of_another_installation): at Stripe`);
    expect(found.out).toMatch(
      /method_gone_at_stripe: pm_.*here attached, at Stripe detached.*no event of it ever came/,
    );
    expect(await statusOfCard()).toBe('attached');
    const repaired = await onfile('drift --full --repair --json');
    expect(repaired.code).toBe(0);
    expect(facts(repaired)).toMatchObject({
      findings: [{ kind: 'method_gone_at_stripe', repairedAt: expect.any(Number) as number }],
      strays: [{ stripeId: id }],
    });
    expect(await statusOfCard()).toBe('detached');
  });

  it('reads what was missed from a day on, and replays it', async () => {
    const day = new Date(test.clock.now() - 48 * 3_600_000).toISOString().slice(0, 10);
    const read = await onfile(`events back-fill --from ${day} --json`);
    expect(read.code).toBe(0);
    const { seen, missed } = facts(read) as { seen: number; missed: number };
    expect(missed).toBeGreaterThan(1);
    expect(seen).toBeGreaterThanOrEqual(missed);
    while ((await processInbox(test.runtime)) > 0);
    const again = await onfile('events replay --type payment_method.detached --status handled');
    expect(again.out).toMatch(/^1 events? will be handled once more/);
    expect((await onfile('events replay')).err).toMatch(/Name events, or choose them/);
    expect((await onfile('events back-fill --from 2026-02-30')).code).toBe(2);
  });

  it('writes nothing with another account’s keys until it is said what the database is', async () => {
    const other = {
      STRIPE_SECRET_KEY: 'sk_test_anotherAccount',
      STRIPE_PUBLISHABLE_KEY: 'pk_test_anotherAccount',
    };
    expect(await onfile('endpoint create', other)).toMatchObject({ code: 1, out: '' });
    const checked = await onfile('environment check --json', other);
    expect(checked.code).toBe(1);
    const { standing } = facts(checked) as { standing: { given: { account: string } } };
    const { account } = standing.given;
    const said = await onfile(`environment say --it-is moved --account ${account}`, other);
    expect(said).toMatchObject({ code: 0, out: expect.stringContaining(account) as string });
    const typo = await onfile('environment say --it-is copy --account acct_typo');
    expect(typo.err).toMatch(/"acct_typo" is not the account of the keys in use/);
  });
});
