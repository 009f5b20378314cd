import { openWithSettings } from '@onfile/dev-env/open-with-settings.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { requestDrift } from '../src/drift/plan-drift.ts';
import { decideEnvironment } from '../src/environment/decide-environment.ts';
import { currentStanding } from '../src/environment/guard.ts';
import type { Runtime } from '../src/runtime.ts';
import { backFillEvents } from '../src/webhooks/back-fill/back-fill-events.ts';
import {
  planScheduledBackFill,
  requestBackFill,
} from '../src/webhooks/back-fill/plan-back-fill.ts';

const actor = { kind: 'staff', id: 'ann' } as const;
const hourMs = 60 * 60_000;

describeOnBothDatabases('a database that moves to another account', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    await currentStanding(openWithSettings(test));
  });
  afterEach(() => test.close());

  const readings = () =>
    test.runtime.db.selectFrom('backFills').selectAll().orderBy('createdAt').execute();
  const comparisons = () => test.runtime.db.selectFrom('driftRuns').selectAll().execute();

  /** Somebody opens the database with another account's keys, and says that it belongs to them now. */
  async function move(): Promise<{ runtime: Runtime; account: string }> {
    const runtime = openWithSettings(test, { secretKey: 'sk_test_anotherAccount' });
    const standing = await currentStanding(runtime);
    if (standing.kind !== 'foreign') throw new Error('taken for its own');
    const { account } = standing.given;
    await decideEnvironment(runtime, { verdict: 'moved', account, actor });
    return { runtime, account };
  }

  it('ends what was being read and compared of the one before, and says why', async () => {
    await requestBackFill(test.runtime, { from: test.clock.now() - hourMs, actor });
    await requestDrift(test.runtime, { extent: 'full', isRepairing: false, actor });
    const { account } = await move();
    const ended = {
      status: 'done',
      finishedAt: expect.any(Number) as number,
      lastError: expect.stringContaining(account) as string,
    };
    expect(await readings()).toMatchObject([ended]);
    expect(await comparisons()).toMatchObject([ended]);
  });

  it('reads on from where a reading came to its end, not from where one was cut short', async () => {
    await planScheduledBackFill(test.runtime, true);
    await backFillEvents(test.runtime);
    const [whole] = await readings();
    expect(whole).toMatchObject({ status: 'done', lastError: null });
    test.clock.advance(hourMs);
    await planScheduledBackFill(test.runtime);
    const { runtime } = await move();
    test.clock.advance(hourMs);
    await planScheduledBackFill(runtime);
    const [, cut, next] = await readings();
    expect(cut).toMatchObject({ status: 'done', lastError: expect.any(String) as string });
    expect(next).toMatchObject({ status: 'open', fromAt: cut?.fromAt });
  });

  it('keeps nothing of a page that was on its way', async () => {
    await saveCard(test, 'ada', '4242424242424242');
    await requestBackFill(test.runtime, { from: test.clock.now() - hourMs, actor });
    const request = { method: 'GET', path: '/v1/events' };
    const held = await test.control.fault({ ...request, action: 'hold_after' });
    const reading = backFillEvents(test.runtime);
    await waitUntil('it has asked', async () => (await test.control.requests(request)).length > 0);
    await move();
    const closed = await readings();
    await held.release();
    expect(await reading).toBe(0);
    expect(await readings()).toEqual(closed);
    expect(await test.runtime.db.selectFrom('stripeEvents').select('id').execute()).toEqual([]);
  });

  it('goes on with everything when only its address is another', async () => {
    const { db } = test.runtime;
    const live = { stripeMode: 'live', storefrontOrigin: 'https://old.example' } as const;
    await db.updateTable('environment').set(live).execute();
    const asLive = { mode: 'live' as const };
    const moved = openWithSettings(test, asLive, { storefrontOrigin: 'https://new.example' });
    await requestBackFill(test.runtime, { from: test.clock.now() - hourMs, actor });
    const standing = await currentStanding(moved);
    if (standing.kind !== 'foreign') throw new Error('taken for its own');
    const { account } = standing.given;
    await decideEnvironment(moved, { verdict: 'moved', account, actor });
    expect(await readings()).toMatchObject([{ status: 'open', lastError: null }]);
  });
});
