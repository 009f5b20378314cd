import type { Row } from '@onfile/db/database.ts';
import {
  findEnvironment,
  recordAccount,
  recordEnvironment,
} from '@onfile/db/tables/environment.ts';
import type { Runtime } from './runtime.ts';
import { SettingsError } from './settings.ts';

/** How long the start may wait for Stripe to say which account the key is of. */
const accountTimeoutMs = 5_000;

/**
 * Holds the database to the Stripe mode and account that it was first used with: demo data and
 * its logins are worth nothing beside real keys, and a copy must not move another account's money.
 * An account that cannot be asked for (Stripe is away, a restricted key) is asked for at the next
 * start. Every process that may write to Stripe calls this before it serves anything.
 * @throws SettingsError with a sentence that says what to do
 */
export async function guardEnvironment(runtime: Runtime): Promise<void> {
  const { mode } = runtime.settings.stripe;
  await recordEnvironment(runtime.db, {
    id: 1,
    stripeMode: mode,
    stripeAccountId: null,
    recordedAt: runtime.clock.now(),
  });
  const known = await findEnvironment(runtime.db);
  if (!known) throw new Error('the environment was recorded and is gone');
  if (known.stripeMode !== mode) refuse(`Stripe mode "${known.stripeMode}"`, `mode "${mode}"`);
  await guardAccount(runtime, known);
}

async function guardAccount(runtime: Runtime, known: Row<'environment'>): Promise<void> {
  const account = await runtime.stripe.accounts
    .retrieveCurrent({}, { timeout: accountTimeoutMs })
    .catch(() => null);
  if (!account) {
    runtime.log.warn('Stripe did not say which account the key is of');
    return;
  }
  if (known.stripeAccountId === null) await recordAccount(runtime.db, account.id);
  else if (known.stripeAccountId !== account.id) {
    refuse(`Stripe account ${known.stripeAccountId}`, `account ${account.id}`);
  }
}

function refuse(recorded: string, given: string): never {
  throw new SettingsError([
    `This database belongs to ${recorded}, and the keys are for ${given}: ` +
      'set ONFILE_DATA_DIR or DATABASE_URL to a database of its own.',
  ]);
}
