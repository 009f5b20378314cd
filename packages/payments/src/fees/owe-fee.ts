import type { Row, Tx } from '@onfile/db/database.ts';
import { newestMethodOf } from '@onfile/db/tables/agreements.ts';
import { listOrderItems } from '@onfile/db/tables/orders.ts';
import {
  findPayment,
  findPaymentByChargeRequest,
  insertPayment,
} from '@onfile/db/tables/payments.ts';
import { m } from '@onfile/messages/messages.js';
import { audit } from '../audit.ts';
import type { Actor } from '../audit.ts';
import { planNextStep } from '../charging/plan-next-step.ts';
import { newId } from '../ids.ts';
import { tellPaymentChange } from '../mail/tell-payment-change.ts';
import type { Runtime } from '../runtime.ts';
import type { FeeKind } from './fee-of-order.ts';

export interface OwedFee {
  order: Row<'orders'>;
  kind: FeeKind;
  amountMinor: number;
  actor: Actor;
  /** What makes it this fee: asked for twice, it is the same one. */
  requestKey: string;
  /** In staff's words; the shopper reads it. */
  note: string | null;
}

/** A reservation that was not kept costs one fee, whatever that is called. */
export function missedKey(orderId: string): string {
  return `missed:${orderId}`;
}

/**
 * Writes a fee down as owed and due now, under the order's agreement and with the card that was kept for
 * it; whoever has written it charges it, or else a worker. Where its card or its agreement is gone, the
 * shopper is sent a link. The customer's and the order's rows must be held.
 */
export async function oweFee(tx: Tx, runtime: Runtime, fee: OwedFee): Promise<Row<'payments'>> {
  const { order } = fee;
  const first = await findPaymentByChargeRequest(tx, fee.requestKey);
  if (first) return first;
  const now = runtime.clock.now();
  const id = newId('payment');
  await insertPayment(tx, {
    id,
    customerId: order.customerId,
    agreementId: order.agreementId,
    orderId: order.id,
    paymentMethodId: order.agreementId ? await newestMethodOf(tx, order.agreementId) : null,
    kind: 'fee',
    amountMinor: fee.amountMinor,
    currency: order.currency,
    reason: await reasonOf(tx, fee),
    status: 'scheduled',
    dueAt: now,
    chargeRequestId: fee.requestKey,
    createdByStaffId: fee.actor.kind === 'staff' ? fee.actor.id : null,
    createdAt: now,
    updatedAt: now,
  });
  await audit(tx, runtime.clock, {
    actor: fee.actor,
    action: `order.${fee.kind}_fee_owed`,
    subject: { kind: 'payment', id },
    details: { order: order.id, amountMinor: fee.amountMinor, note: fee.note },
  });
  const before = await findPayment(tx, id);
  if (!before) throw new Error(`payment ${id} is gone`);
  const after = await planNextStep(tx, runtime, id);
  await tellPaymentChange(tx, runtime, { before, after });
  return after;
}

const words: Record<FeeKind, () => string> = {
  no_show: m.fee_no_show,
  late_cancellation: m.fee_late_cancellation,
  damage: m.fee_damage,
};

/** `Damage: a scratched lens. Camera for a day (K7MQ-92TX)`. */
async function reasonOf(tx: Tx, { order, kind, note }: OwedFee): Promise<string> {
  const [item] = await listOrderItems(tx, order.id);
  const what = { what: item?.description ?? '', number: order.number };
  const fee = words[kind]();
  return note ? m.fee_reason_noted({ fee, note, ...what }) : m.fee_reason({ fee, ...what });
}
