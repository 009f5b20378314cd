import { changeEnvironment } from '@onfile/db/tables/environment.ts';
import { closeRuns } from '@onfile/db/tables/close-runs.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Actor } from '../audit.ts';
import { audit } from '../audit.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { currentStanding } from './guard.ts';
import { hashOfKey } from './hash-of-key.ts';
import type { Standing } from './standing.ts';
import { nameOfPlace } from './standing.ts';

/** What a person says of a database that was opened with the keys, or at the address, of another. */
export type Verdict = 'copy' | 'moved';

/**
 * Takes down what a person says this database is: a copy stays as it is and never writes to Stripe; one
 * that has moved belongs to the account and address of today's keys from now on, and what was being read
 * of another account ends. Whoever says so names the account, so that it is not said in passing.
 * @throws Refusal `environment_not_foreign`, `environment_account_differs` when another account is named
 *   than the keys', `environment_mode_differs` when test data would be charged with live keys
 */
export async function decideEnvironment(
  runtime: Runtime,
  decision: { verdict: Verdict; account: string; actor: Extract<Actor, { id: string }> },
): Promise<Standing> {
  const standing = await currentStanding(runtime);
  if (standing.kind !== 'foreign') throw new Refusal('environment_not_foreign');
  const { recorded, given } = standing;
  if (decision.account !== given.account) {
    throw new Refusal('environment_account_differs', 'account', { account: given.account });
  }
  const isMove = decision.verdict === 'moved';
  if (isMove && recorded.mode !== given.mode) throw new Refusal('environment_mode_differs');
  await inTransaction(runtime.db, async (tx) => {
    const now = runtime.clock.now();
    const said = { verdictAt: now, verdictBy: decision.actor.id };
    await changeEnvironment(
      tx,
      isMove
        ? {
            stripeAccountId: given.account,
            keyHash: hashOfKey(runtime.settings.stripe.secretKey),
            storefrontOrigin: given.origin,
            verdict: null,
            verdictFor: null,
            ...said,
          }
        : { verdict: 'copy', verdictFor: nameOfPlace(given), ...said },
    );
    if (isMove && recorded.account !== given.account) {
      // How far they have come is told by objects of the account that is asked no more.
      const why = `the database has moved from ${recorded.account} to ${given.account}`;
      await closeRuns(tx, { now, why });
    }
    await audit(tx, runtime.clock, {
      actor: decision.actor,
      action: `environment.${isMove ? 'moved' : 'declared_a_copy'}`,
      subject: { kind: 'environment', id: given.account },
      details: { recorded: nameOfPlace(recorded), given: nameOfPlace(given) },
    });
  });
  runtime.guard.checkedAt = -Infinity;
  return currentStanding(runtime);
}
