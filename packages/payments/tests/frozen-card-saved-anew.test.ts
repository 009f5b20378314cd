import { disputedPayment } from '@onfile/dev-env/disputed-payment.ts';
import { payWith } from '@onfile/dev-env/pay-and-refund.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unfreezeMethod } from '../src/disputes/unfreeze-method.ts';

const disputingCard = '4000000000000259';

describeOnBothDatabases('a card that is frozen by a dispute', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  it('stays frozen when its owner saves it anew, until staff decide', async () => {
    const { disputeId } = await disputedPayment(test, 'ada');
    const again = () => payWith(test, disputingCard, { amount: '2.00' });
    await expect(again()).rejects.toMatchObject({ code: 'payment_method_frozen' });
    await unfreezeMethod(test.runtime, { disputeId, staffId: 'staff-1' });
    expect((await again()).payment.status).toBe('succeeded');
  });
});
