import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { guardEnvironment } from '../src/environment.ts';
import type { Runtime } from '../src/runtime.ts';
import type { StripeSettings } from '../src/settings.ts';
import { unpaced } from '../src/stripe/pace-calls.ts';
import { stripeClient } from '../src/stripe/stripe-client.ts';

describeOnBothDatabases('the environment guard', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    await guardEnvironment(test.runtime);
  });
  afterEach(() => test.close());

  /** The same database, opened with other Stripe settings. */
  function opened(change: Partial<StripeSettings>): Runtime {
    const stripe = { ...test.runtime.settings.stripe, ...change };
    return {
      ...test.runtime,
      stripe: stripeClient(stripe, unpaced),
      settings: { ...test.runtime.settings, stripe },
    };
  }

  it('lets the same account in again', async () => {
    await expect(guardEnvironment(test.runtime)).resolves.toBeUndefined();
  });

  it('does not start a database of the sandbox with live keys', async () => {
    await expect(guardEnvironment(opened({ mode: 'live' }))).rejects.toThrow(
      'This database belongs to Stripe mode "sandbox", and the keys are for mode "live"',
    );
  });

  it('does not start it with the keys of another account', async () => {
    const other = opened({ secretKey: 'sk_test_anotherAccount' });
    await expect(guardEnvironment(other)).rejects.toThrow(/belongs to Stripe account acct_/);
  });

  it('starts when Stripe cannot be asked', async () => {
    const away = opened({ apiBase: new URL('http://127.0.0.1:9') });
    await expect(guardEnvironment(away)).resolves.toBeUndefined();
  });
});
