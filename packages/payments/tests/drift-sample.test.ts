import { saveCard } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { listDriftRuns, listFindings } from '@onfile/db/views/drift-report.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compareDrift } from '../src/drift/compare-drift.ts';
import { newId } from '../src/ids.ts';

const dayMs = 24 * 60 * 60 * 1000;

describeOnBothDatabases('the sample of a day', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  /** So many customers whom Stripe has forgotten: of them nothing can differ. */
  async function customersBefore(count: number): Promise<void> {
    const row = { authUserId: null, name: null, createdAt: 0, updatedAt: 0 };
    const rows = Array.from({ length: count }, (_, at) => ({
      ...row,
      id: newId('customer'),
      email: `${String(at)}@example.com`,
      stripeCustomerId: `cus_forgotten${String(at)}`,
    }));
    await test.runtime.db.insertInto('customers').values(rows).execute();
  }

  /** What the worker does on the next day. */
  async function nextDay() {
    test.clock.advance(dayMs + 1);
    while ((await compareDrift(test.runtime)) > 0);
    const [run] = await listDriftRuns(test.runtime.db, 1);
    expect(run).toMatchObject({ extent: 'sample', status: 'done', lastError: null });
    return listFindings(test.runtime.db, run?.id ?? '');
  }

  it('goes on with the customers after those of the day before, so that each one’s turn comes', async () => {
    await customersBefore(119);
    const { method } = await saveCard(test, 'ada', '4242424242424242');
    await test.runtime.stripe.paymentMethods.detach(method.stripePaymentMethodId);
    const days = [];
    for (let day = 0; day < 4; day += 1) days.push(await nextDay());
    expect(days).toMatchObject([[], [], [{ subjectId: method.id }], []]);
  });
});
