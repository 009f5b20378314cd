import type { Row } from '@onfile/db/database.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { chargeNow } from '@onfile/payments/charging/charge-now.ts';
import { chargeSavedMethod } from '@onfile/payments/charging/charge-saved-method.ts';
import { pausePayment } from '@onfile/payments/charging/pause-payment.ts';
import { resumePayment } from '@onfile/payments/charging/resume-payment.ts';
import { skipPayment } from '@onfile/payments/charging/skip-payment.ts';
import { writeOffPayment } from '@onfile/payments/charging/write-off-payment.ts';
import { changeHoldEnd } from '@onfile/payments/holds/change-hold-end.ts';
import { holdEnds } from '@onfile/payments/holds/hold-ends.ts';
import { raiseHold } from '@onfile/payments/holds/raise-hold.ts';
import { endHeldPayment } from '@onfile/payments/holds/end-held-payment.ts';
import { newId } from '@onfile/payments/ids.ts';
import { refundPayment } from '@onfile/payments/refunds/refund-payment.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import type { StaffDeed } from './steps.ts';
import { pick } from './pick.ts';
import type { World } from './world.ts';

type Click = (runtime: Runtime) => Promise<unknown>;

/** What a page of the admin's shows, and what its button then does, however often it is clicked. */
export async function staffClick(world: World, deed: StaffDeed, which: number): Promise<Click> {
  const payment = await pickPayment(world, deed, which);
  if (deed === 'charge' || !payment) {
    const on = pick(world.onFile, which);
    const charge = staffCharge(on, { amount: '150.00' });
    return (runtime) => chargeSavedMethod(runtime, charge);
  }
  const ask = { paymentId: payment.id, staffId: 'staff-1', reason: 'As agreed by telephone' };
  switch (deed) {
    case 'charge_now': {
      const triesSeen = (await listAttempts(world.runtime.db, payment.id)).length;
      return (runtime) => chargeNow(runtime, { ...ask, triesSeen });
    }
    case 'refund': {
      const refund = {
        ...ask,
        refundRequestId: newId('refundRequest'),
        amount: which % 3 === 0 ? '20.00' : '40.00',
        reason: 'requested_by_customer' as const,
        note: 'Something was missing',
      };
      return (runtime) => refundPayment(runtime, refund);
    }
    case 'capture':
      return (runtime) => endHeldPayment(runtime, { ...ask, how: 'capture', amount: null });
    case 'capture_part':
      return (runtime) => endHeldPayment(runtime, { ...ask, how: 'capture', amount: '35.50' });
    case 'release':
      return (runtime) => endHeldPayment(runtime, { ...ask, how: 'release', amount: null });
    case 'raise':
      return (runtime) => raiseHold(runtime, { ...ask, amount: '110.00' });
    case 'hold_end': {
      const holdEnd = pick(holdEnds, which);
      return (runtime) => changeHoldEnd(runtime, { ...ask, holdEnd });
    }
    case 'skip':
      return (runtime) => skipPayment(runtime, ask);
    case 'pause':
      return (runtime) => pausePayment(runtime, ask);
    case 'resume':
      return (runtime) => resumePayment(runtime, ask);
    case 'write_off':
      return (runtime) => writeOffPayment(runtime, ask);
  }
}

/** Where a page has the button at all. */
const offeredFor: Partial<Record<StaffDeed, Row<'payments'>['status'][]>> = {
  refund: ['succeeded'],
  capture: ['requires_capture'],
  capture_part: ['requires_capture'],
  release: ['requires_capture'],
  raise: ['requires_capture'],
  hold_end: ['requires_capture'],
  write_off: ['requires_payment_method', 'requires_action'],
};
const owed: Row<'payments'>['status'][] = [
  'scheduled',
  'requires_payment_method',
  'requires_action',
];

/** One that offers it; when none does, any: a page may be old. */
async function pickPayment(
  world: World,
  deed: StaffDeed,
  which: number,
): Promise<Row<'payments'> | undefined> {
  const payments = await world.runtime.db
    .selectFrom('payments')
    .selectAll()
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  const offered = payments.filter(({ status }) => (offeredFor[deed] ?? owed).includes(status));
  const shown = offered.length > 0 ? offered : payments;
  return shown[which % shown.length];
}
