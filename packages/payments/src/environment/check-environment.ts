import type { Row, StripeMode } from '@onfile/db/database.ts';
import {
  changeEnvironment,
  findEnvironment,
  recordEnvironment,
} from '@onfile/db/tables/environment.ts';
import type { Runtime } from '../runtime.ts';
import { SettingsError } from '../settings.ts';
import { findAccount } from './find-account.ts';
import { hashOfKey } from './hash-of-key.ts';
import type { Place, Standing } from './standing.ts';
import { nameOfPlace } from './standing.ts';

/**
 * Compares the database's own Stripe mode, account and address with those of this process, and records
 * them where it has none yet.
 * @throws SettingsError for a sandbox's database with real keys, and the reverse
 */
export async function checkEnvironment(runtime: Runtime): Promise<Standing> {
  const { mode } = runtime.settings.stripe;
  await recordEnvironment(runtime.db, {
    id: 1,
    stripeMode: mode,
    stripeAccountId: null,
    recordedAt: runtime.clock.now(),
  });
  const known = await findEnvironment(runtime.db);
  if (!known) throw new Error('the environment was recorded and is gone');
  refuseDemoData(known.stripeMode, mode);
  const found = await findAccount(runtime, known);
  if ('why' in found) return { kind: 'unverified', why: found.why };
  const given = placeOf(runtime, found.account);
  const recorded = recordedPlace(known, given);
  if (nameOfPlace(recorded) !== nameOfPlace(given)) {
    const isCopy = known.verdict === 'copy' && known.verdictFor === nameOfPlace(given);
    return { kind: 'foreign', recorded, given, isCopy };
  }
  await recordPlace(runtime, known, { ...given, isNewKey: found.isNew });
  return { kind: 'own', account: given.account };
}

function placeOf(runtime: Runtime, account: string): Place {
  const { stripe, storefrontOrigin } = runtime.settings;
  return { mode: stripe.mode, account, origin: stripe.mode === 'live' ? storefrontOrigin : null };
}

/** What the database has recorded; what it has not, is as it is given now. */
function recordedPlace(known: Row<'environment'>, given: Place): Place {
  return {
    mode: known.stripeMode,
    account: known.stripeAccountId ?? given.account,
    origin: known.stripeMode === 'live' ? (known.storefrontOrigin ?? given.origin) : null,
  };
}

/** Written only where it changes: this is asked every other moment. */
async function recordPlace(
  runtime: Runtime,
  known: Row<'environment'>,
  given: Place & { isNewKey: boolean },
): Promise<void> {
  const keyHash = hashOfKey(runtime.settings.stripe.secretKey);
  // Two keys of one account (of the worker, of the apps) do not take turns: each is remembered once.
  const isRecorded = known.stripeAccountId === given.account && !given.isNewKey;
  // No live shop is at a loopback address: a command without STOREFRONT_ORIGIN says nothing of it.
  const origin = given.origin && !isLoopback(given.origin) ? given.origin : null;
  if (isRecorded && (origin === null || known.storefrontOrigin === origin)) return;
  await changeEnvironment(runtime.db, {
    stripeAccountId: given.account,
    keyHash,
    ...(origin && { storefrontOrigin: origin }),
  });
}

function isLoopback(origin: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname);
}

/**
 * A sandbox's database holds logins that everybody knows: it is not opened with real keys, nor a real one
 * with the sandbox's.
 * @throws SettingsError
 */
export function refuseDemoData(recorded: StripeMode, given: StripeMode): void {
  if (recorded === given || (recorded !== 'sandbox' && given !== 'sandbox')) return;
  throw new SettingsError([
    `This database belongs to Stripe mode "${recorded}", and the keys are for mode "${given}": ` +
      'set ONFILE_DATA_DIR or DATABASE_URL to a database of its own.',
  ]);
}
