import type { Row } from '@onfile/db/database.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { scheduleBalance } from '@onfile/dev-env/schedule-balance.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { chargeDuePayments } from '@onfile/payments/charging/charge-due-payments.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callersOf } from './callers.ts';

describeOnBothDatabases('the lists of what is owed', (dialect) => {
  let test: TestRuntime;
  /** By what has become of each. */
  const payments = new Map<string, Row<'payments'>>();

  beforeAll(async () => {
    test = await openTestRuntime({ dialect });
    const declined: [string, object][] = [
      ['retried', { outcome: 'insufficient_funds', advice_code: 'try_again_later' }],
      ['shopper', { outcome: 'stolen_card' }],
      ['given_up', { outcome: 'stolen_card' }],
    ];
    for (const [name, answer] of declined) {
      const on = await saveCard(test, name, '4242424242424242');
      payments.set(name, await scheduleBalance(test.runtime, on, { inDays: 0 }));
      await test.control.bank({ outcome: 'approve', ...answer });
      await chargeDuePayments(test.runtime);
    }
    await staff().owed.writeOff(ask('given_up'));
    const on = await saveCard(test, 'ada', '4242424242424242');
    payments.set('planned', await scheduleBalance(test.runtime, on, { inDays: 30 }));
    payments.set('paused', await scheduleBalance(test.runtime, on, { inDays: 40 }));
    await staff().owed.pause(ask('paused'));
  });
  afterAll(() => test.close());

  const ask = (name: string) => ({ paymentId: payments.get(name)?.id ?? '', reason: 'A call' });

  const staff = () => callersOf(test).staff('owner');

  type Filter = Parameters<ReturnType<typeof staff>['owed']['list']>[0]['filter'];

  /** What a filter lists, by what has become of each. */
  async function listed(filter: Filter): Promise<string[]> {
    const { payments: lines, paging } = await staff().owed.list({ filter });
    expect(paging.total).toBe(lines.length);
    const names = [...payments].map(([name, { id }]) => [id, name] as const);
    return lines.map(({ id }) => new Map(names).get(id) ?? id);
  }

  it('has each amount where somebody looks for it, what comes first at the top', async () => {
    expect(await listed('scheduled')).toEqual(['retried', 'planned', 'paused']);
    expect(await listed('planned')).toEqual(['retried', 'planned']);
    expect(await listed('retried')).toEqual(['retried']);
    expect(await listed('paused')).toEqual(['paused']);
    expect((await listed('to_recover')).sort()).toEqual(['given_up', 'shopper']);
    expect(await listed('shopper')).toEqual(['shopper']);
    expect(await listed('staff')).toEqual([]);
    expect(await listed('given_up')).toEqual(['given_up']);
  });

  it('offers what can be decided about each, and nothing else', async () => {
    const offered = async (name: string) => {
      const { decisions } = await staff().payments.get({ paymentId: ask(name).paymentId });
      return decisions.actions;
    };
    expect(await offered('planned')).toEqual([
      ...['charge_now', 'reschedule', 'change_amount', 'pause', 'skip'],
    ]);
    expect(await offered('paused')).toEqual(['reschedule', 'change_amount', 'resume', 'skip']);
    expect(await offered('shopper')).toEqual(['pause', 'skip', 'write_off']);
    expect(await offered('given_up')).toEqual(['skip']);
  });

  it('says how much of the budget is left, and when the next try is', async () => {
    const { payments: lines } = await staff().owed.list({ filter: 'retried' });
    expect(lines).toMatchObject([
      { triesMade: 1, triesAllowed: 5, nextStepReason: 'insufficient_funds', mayLink: true },
    ]);
    expect(lines[0]?.chargeAt).toBeGreaterThan(test.runtime.clock.now());
  });
});
