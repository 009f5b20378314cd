import type { Row } from '@onfile/db/database.ts';
import { claim } from '@onfile/db/lease.ts';
import { postponeCharge } from '@onfile/db/tables/payments.ts';
import { Refusal } from '../refusal.ts';
import { countLeases } from '../observability/metrics.ts';
import type { Runtime } from '../runtime.ts';
import { workerLease } from '../worker/worker-lease.ts';
import { chargePayment } from './charge-payment.ts';

/** How long a payment waits that could not be tried at all: Stripe was out of reach, or we failed. */
const notTriedMs = 60_000;

/**
 * Takes payments whose time has come and charges them. One that fails is logged and put back, and
 * never holds up the others.
 * @returns how many were taken; 0 means that nothing is due
 */
export async function chargeDuePayments(runtime: Runtime): Promise<number> {
  const payments = countLeases(
    'payments',
    await claim(runtime.db, 'payments', workerLease(runtime)),
  );
  await Promise.all(payments.map((payment) => charge(runtime, payment)));
  return payments.length;
}

async function charge(runtime: Runtime, payment: Row<'payments'>): Promise<void> {
  try {
    await chargePayment(runtime, payment.id, { kind: 'worker' });
  } catch (error) {
    const isOutage = error instanceof Refusal && error.code === 'stripe_unavailable';
    const level = isOutage ? 'warn' : 'error';
    runtime.log[level]({ payment: payment.id, err: error }, 'payment not charged');
    const chargeAt = runtime.clock.now() + notTriedMs;
    await postponeCharge(runtime.db, payment, chargeAt);
  }
}
