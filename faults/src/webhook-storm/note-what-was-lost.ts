import type { Storm } from './storm.ts';

/**
 * An answer of 200 says that the event is stored. Looked at while the storefront is dead, or has answered
 * everything: before a back-fill could find what was lost.
 */
export async function noteWhatWasLost({ shop, runtime, violations }: Storm): Promise<void> {
  const delivered = await shop.control.deliveries('delivered');
  const rows = await runtime.db.selectFrom('stripeEvents').select('id').execute();
  const stored = new Set(rows.map(({ id }) => id));
  for (const { eventId, type } of delivered) {
    if (!stored.has(eventId))
      violations.add(`event ${eventId} (${type}) was acknowledged and not stored`);
  }
}
