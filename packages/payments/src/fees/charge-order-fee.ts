import type { Row, Tx } from '@onfile/db/database.ts';
import { findAgreement } from '@onfile/db/tables/agreements.ts';
import { findPaymentByChargeRequest } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { requireRoom } from '../agreements/require-room.ts';
import { chargePayment } from '../charging/charge-payment.ts';
import { parseAmount } from '../money.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { coversFees } from './covers-fees.ts';
import { feeOfReservation } from './fee-of-order.ts';
import { holdOrder } from './hold-order.ts';
import { missedKey, oweFee } from './owe-fee.ts';
import type { OwedFee } from './owe-fee.ts';

interface FeeAsk {
  orderId: string;
  staffId: string;
}

/** A fee that staff charge after the day of an order. */
export type OrderFee = FeeAsk &
  (
    | { kind: 'no_show' }
    | {
        kind: 'damage';
        /** Of the page that asks; the same one is one fee. */
        chargeRequestId: string;
        /** As typed, in the currency's major unit. */
        amount: string;
        /** What was damaged; the shopper reads it. */
        note: string;
      }
  );

/**
 * Staff charge what their shopper agreed to for an order: the fee of its plan when nobody came, or what a
 * damage costs. Once, however often it is clicked; a bank's no goes the way of every other.
 * @returns the payment as it is afterwards
 * @throws Refusal `not_found`, `event_not_passed`, `order_ended`, `fee_not_agreed`, `reason_missing` at
 *   `note`, what an amount can be refused for, `agreement_cap_exceeded`, `charge_request_reused`
 */
export async function chargeOrderFee(runtime: Runtime, ask: OrderFee): Promise<Row<'payments'>> {
  const actor = { kind: 'staff', id: ask.staffId } as const;
  const { id } = await inTransaction(runtime.db, async (tx) => {
    const order = await holdOrder(tx, ask.orderId);
    const fee = await (ask.kind === 'no_show'
      ? noShow(tx, runtime, order)
      : damage(tx, runtime, { order, ask }));
    return oweFee(tx, runtime, { order, kind: ask.kind, actor, ...fee });
  });
  return chargePayment(runtime, id, actor);
}

type FeeTerms = Pick<OwedFee, 'amountMinor' | 'requestKey' | 'note'>;

async function noShow(tx: Tx, runtime: Runtime, order: Row<'orders'>): Promise<FeeTerms> {
  const requestKey = missedKey(order.id);
  const fee = feeOfReservation(order);
  if (!fee || fee.amountMinor === 0) throw new Refusal('fee_not_agreed');
  const terms = { amountMinor: fee.amountMinor, requestKey, note: null };
  if (await findPaymentByChargeRequest(tx, requestKey)) return terms;
  if (order.status !== 'open') throw new Refusal('order_ended');
  requirePassed(runtime, order);
  await requireAgreed(tx, runtime, order);
  return terms;
}

async function damage(
  tx: Tx,
  runtime: Runtime,
  by: { order: Row<'orders'>; ask: Extract<OrderFee, { kind: 'damage' }> },
): Promise<FeeTerms> {
  const { order, ask } = by;
  const note = ask.note.trim();
  if (!note) throw new Refusal('reason_missing', 'note');
  const amountMinor = parseAmount(ask.amount, order.currency, runtime.settings.maxChargeMajor);
  const terms = { amountMinor, requestKey: ask.chargeRequestId, note };
  const first = await findPaymentByChargeRequest(tx, ask.chargeRequestId);
  if (first && first.orderId !== order.id) throw new Refusal('charge_request_reused');
  if (first) return terms;
  if (order.status === 'canceled') throw new Refusal('order_ended');
  requirePassed(runtime, order);
  const agreement = await requireAgreed(tx, runtime, order);
  await requireRoom(tx, agreement, amountMinor);
  return terms;
}

function requirePassed(runtime: Runtime, { eventAt }: Row<'orders'>): void {
  if (eventAt === null || eventAt > runtime.clock.now()) throw new Refusal('event_not_passed');
}

/** Nobody pays a fee that they were not shown beforehand. */
async function requireAgreed(
  tx: Tx,
  runtime: Runtime,
  order: Row<'orders'>,
): Promise<Row<'agreements'>> {
  const agreement = order.agreementId ? await findAgreement(tx, order.agreementId) : undefined;
  if (!agreement || !coversFees(agreement, runtime.clock.now())) {
    throw new Refusal('fee_not_agreed');
  }
  return agreement;
}
