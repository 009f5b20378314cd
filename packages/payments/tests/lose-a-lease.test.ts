import { storeEventAbout } from '@onfile/dev-env/store-event.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openAnotherRuntime, openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { processInbox } from '../src/webhooks/process-inbox.ts';
import { replayEvents } from '../src/webhooks/replay-events.ts';

const staff = { kind: 'staff', id: 'ann' } as const;
/** Longer than anything is held. */
const leaseMs = 61_000;

describeOnBothDatabases('a process whose lease on an event has run out', (dialect) => {
  let test: TestRuntime;
  let beside: ReturnType<typeof openAnotherRuntime>;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    beside = openAnotherRuntime(test, 'beside');
  });
  afterEach(async () => {
    await beside.close();
    await test.close();
  });

  const event = () =>
    test.runtime.db.selectFrom('stripeEvents').selectAll().executeTakeFirstOrThrow();

  /** A process takes the one event, asks Stripe, and gets no answer while its lease runs out. */
  async function hang(objectId: string): Promise<{ answer(): Promise<void> }> {
    const path = `/v1/payment_methods/${objectId}`;
    const asked = async () => (await test.control.requests({ method: 'GET', path })).length;
    const before = await asked();
    const held = await test.control.fault({ method: 'GET', path, action: 'hold_after' });
    const hanging = processInbox(test.runtime);
    await waitUntil('it has asked', async () => (await asked()) > before);
    test.clock.advance(leaseMs);
    return {
      async answer() {
        await held.release();
        await hanging;
      },
    };
  }

  it('ends no event that a person wants handled once more', async () => {
    const { method } = await saveCard(test, 'ada', '4242424242424242');
    const id = method.stripePaymentMethodId;
    const eventId = await storeEventAbout(test, 'payment_method.updated', { id });
    const late = await hang(id);
    expect(await processInbox(beside.runtime)).toBe(1);
    expect(await event()).toMatchObject({ status: 'handled' });
    await replayEvents(test.runtime, { which: { ids: [eventId] }, actor: staff });
    await late.answer();
    expect(await event()).toMatchObject({ status: 'pending', handledAt: null });
    expect(await processInbox(beside.runtime)).toBe(1);
    expect(await event()).toMatchObject({ status: 'handled' });
  });

  it('puts none aside that a person wants tried anew', async () => {
    const eventId = await storeEventAbout(test, 'payment_method.updated', { id: 'pm_gone' });
    await test.runtime.db.updateTable('stripeEvents').set({ tries: 11 }).execute();
    const late = await hang('pm_gone');
    expect(await processInbox(beside.runtime)).toBe(1);
    expect(await event()).toMatchObject({ status: 'dead' });
    await replayEvents(test.runtime, { which: { ids: [eventId] }, actor: staff });
    await late.answer();
    expect(await event()).toMatchObject({ status: 'pending', tries: 0, lastError: null });
  });

  it('ends none that another has in hand', async () => {
    const { method } = await saveCard(test, 'ada', '4242424242424242');
    const id = method.stripePaymentMethodId;
    await storeEventAbout(test, 'payment_method.updated', { id });
    const late = await hang(id);
    const path = `/v1/payment_methods/${id}`;
    const held = await test.control.fault({ method: 'GET', path, action: 'hold_after' });
    const other = processInbox(beside.runtime);
    const { leaseHolder } = beside.runtime;
    await waitUntil('another has it', async () => (await event()).leaseHolder === leaseHolder);
    await late.answer();
    expect(await event()).toMatchObject({ status: 'pending', leaseHolder });
    await held.release();
    await other;
    expect(await event()).toMatchObject({ status: 'handled', leaseHolder: null });
  });
});
