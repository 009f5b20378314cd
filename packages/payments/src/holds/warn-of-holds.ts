import { findCustomer } from '@onfile/db/tables/customers.ts';
import { listHoldsEnding } from '@onfile/db/tables/holds.ts';
import { formatMoment } from '../format-day.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { formatAmount } from '../money.ts';
import type { Runtime } from '../runtime.ts';

const hourMs = 60 * 60 * 1000;

/**
 * Tells staff of holds whose bank lets go soon, at each of the shop's lead times: once for each, however
 * many workers look. One that begins within several lead times is told of by the shortest.
 * @returns 0: nothing is left to do until time has passed
 */
export async function warnOfHolds(runtime: Runtime): Promise<number> {
  const { clock, db, settings } = runtime;
  const leads = settings.holdAlertHours.toSorted((a, b) => a - b);
  const now = clock.now();
  for (const [at, hours] of leads.entries()) {
    const after = now + (leads[at - 1] ?? 0) * hourMs;
    for (const payment of await listHoldsEnding(db, { after, until: now + hours * hourMs })) {
      const customer = await findCustomer(db, payment.customerId);
      const { captureBefore } = payment;
      if (!customer || captureBefore === null) continue;
      await queueMail(db, clock, {
        kind: 'hold_ending_staff',
        about: `${payment.id}:${String(captureBefore)}:${String(hours)}`,
        to: settings.mail.staffAddress,
        data: () => ({
          paymentId: payment.id,
          customer: customer.email,
          amount: formatAmount(payment.amountMinor, payment.currency),
          reason: payment.reason,
          until: formatMoment(captureBefore, settings.timeZone),
          end: payment.holdEnd ?? 'release',
        }),
        customerId: customer.id,
      });
    }
  }
  return 0;
}
