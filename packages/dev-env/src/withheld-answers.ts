import type { TestRuntime } from './test-runtime.ts';
import { waitUntil } from './wait-until.ts';

/**
 * Has charges made at Stripe, side by side, whose answers are not here yet: their events come first.
 * @returns lets the answers come, and waits for them
 */
export async function withheldAnswers(
  test: TestRuntime,
  charges: (() => Promise<unknown>)[],
): Promise<() => Promise<void>> {
  const countMade = async (): Promise<number> =>
    (await test.control.objects('payment_intent')).length;
  const before = await countMade();
  const create = { method: 'POST', path: '/v1/payment_intents', action: 'hold_after' } as const;
  const held = await test.control.fault({ ...create, times: charges.length });
  const answers = charges.map((charge) => charge());
  await waitUntil(
    'all charges are made',
    async () => (await countMade()) === before + charges.length,
  );
  return async () => {
    await held.release();
    await Promise.all(answers);
  };
}
