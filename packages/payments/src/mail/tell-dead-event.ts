import { fromAbsolute, toCalendarDate } from '@internationalized/date';
import type { Row, Tx } from '@onfile/db/database.ts';
import { redactText } from '../observability/redact.ts';
import { maskPayload } from '../privacy/mask-payload.ts';
import type { Runtime } from '../runtime.ts';
import { queueMail } from './queue-mail.ts';

/**
 * Tells staff that an event waits for a person, in the transaction that put it aside. One mail a day, by the
 * shop's calendar: what fails one event of a type fails many, and the ledger that it leads to has them all.
 * What a handler threw may name anything, so that secrets and addresses are taken out.
 */
export async function tellDeadEvent(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  event: Pick<Row<'stripeEvents'>, 'id' | 'type' | 'lastError'>,
): Promise<void> {
  const { clock, settings } = runtime;
  const today = toCalendarDate(fromAbsolute(clock.now(), settings.timeZone));
  await queueMail(tx, clock, {
    kind: 'event_dead_staff',
    about: today.toString(),
    to: settings.mail.staffAddress,
    data: () => ({
      eventId: event.id,
      type: event.type,
      error: String(maskPayload(redactText(event.lastError ?? ''))),
    }),
    customerId: null,
  });
}
