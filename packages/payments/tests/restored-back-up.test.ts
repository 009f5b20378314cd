import { saveCard } from '@onfile/dev-env/save-card.ts';
import { scheduleBalance } from '@onfile/dev-env/schedule-balance.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { findDriftRun } from '@onfile/db/tables/drift.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeDuePayments } from '../src/charging/charge-due-payments.ts';
import { compareDrift } from '../src/drift/compare-drift.ts';
import { requestDrift } from '../src/drift/plan-drift.ts';

const dayMs = 24 * 60 * 60 * 1000;

// The order of docs/runbook.md: Stripe is asked before a worker starts.
describeOnBothDatabases('a database that is restored from before a charge', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  it('charges nobody once more, when Stripe is asked first', async () => {
    const { runtime, clock } = test;
    const on = await saveCard(test, 'ada', '4242424242424242');
    const { id } = await scheduleBalance(runtime, on, { amountMinor: 4_800, inDays: 1 });
    const backUp = await runtime.db.selectFrom('payments').selectAll().executeTakeFirstOrThrow();
    clock.advance(1.5 * dayMs);
    while ((await chargeDuePayments(runtime)) > 0);
    expect(await findPayment(runtime.db, id)).toMatchObject({ status: 'succeeded' });

    // Two days later the disk is lost, and what was written since the back-up with it.
    clock.advance(2 * dayMs);
    for (const table of ['attempts', 'paymentIntents', 'outbox'] as const) {
      await runtime.db.deleteFrom(table).execute();
    }
    await runtime.db.updateTable('payments').set(backUp).execute();

    const actor = { kind: 'operator', id: 'ann' } as const;
    const run = await requestDrift(runtime, { extent: 'full', isRepairing: true, actor });
    while ((await compareDrift(runtime)) > 0);
    expect(await findDriftRun(runtime.db, run.id)).toMatchObject({ status: 'done' });
    expect(await findPayment(runtime.db, id)).toMatchObject({
      status: 'succeeded',
      amountReceivedMinor: 4_800,
    });
    expect(await chargeDuePayments(runtime)).toBe(0);
    expect(await test.control.objects('charge')).toHaveLength(1);
  });
});
