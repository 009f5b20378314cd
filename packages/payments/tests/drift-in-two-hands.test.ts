import { saveCard } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openAnotherRuntime, openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { findDriftRun } from '@onfile/db/tables/drift.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compareDrift } from '../src/drift/compare-drift.ts';
import { requestDrift } from '../src/drift/plan-drift.ts';

const actor = { kind: 'staff', id: 'ann' } as const;
const path = '/v1/payment_methods';

describeOnBothDatabases('a page of a comparison that takes longer than a lease', (dialect) => {
  let test: TestRuntime;
  let beside: ReturnType<typeof openAnotherRuntime>;
  let runId: string;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    beside = openAnotherRuntime(test, 'beside');
    for (const name of ['ada', 'bob', 'cyd', 'dan']) await saveCard(test, name, '4242424242424242');
    const asked = { extent: 'full', isRepairing: false, actor } as const;
    runId = (await requestDrift(test.runtime, asked)).id;
    await compareUntil('methods');
  });
  afterEach(async () => {
    await beside.close();
    await test.close();
  });

  const run = () => findDriftRun(test.runtime.db, runId);
  const listed = async () => (await test.control.requests({ method: 'GET', path })).length;
  const hold = () => test.control.fault({ method: 'GET', path, action: 'hold_after' });

  async function compareUntil(step: string): Promise<void> {
    while ((await run())?.step !== step) await compareDrift(test.runtime);
  }

  it('stays with the process that works on it', async () => {
    const first = await hold();
    const before = await listed();
    const working = compareDrift(test.runtime);
    await waitUntil('it has asked', async () => (await listed()) === before + 1);
    test.clock.advance(40_000);
    const second = await hold();
    await first.release();
    await waitUntil('it asks on', async () => (await listed()) === before + 2);
    test.clock.advance(40_000);
    expect(await compareDrift(beside.runtime)).toBe(0);
    await second.release();
    expect(await working).toBe(1);
    expect(await listed()).toBe(before + 4);
    expect(await run()).toMatchObject({ checked: 4, leaseHolder: null });
  });

  it('is left alone by one that was too slow, once another has it', async () => {
    const held = await hold();
    const before = await listed();
    const late = compareDrift(test.runtime);
    await waitUntil('it has asked', async () => (await listed()) === before + 1);
    test.clock.advance(61_000);
    expect(await compareDrift(beside.runtime)).toBe(1);
    const after = await run();
    expect(after).toMatchObject({ checked: 4, tries: 0 });
    await held.release();
    expect(await late).toBe(0);
    expect(await run()).toEqual(after);
    // Not the other three as well.
    expect(await listed()).toBe(before + 1 + 4);
  });
});
