import { findEvent } from '@onfile/db/views/event-ledger.ts';
import { maskPayload } from '@onfile/payments/privacy/mask-payload.ts';
import { Refusal } from '@onfile/payments/refusal.ts';
import {
  isListened,
  readVersion,
  unheard,
  whyListened,
} from '@onfile/payments/webhooks/listened.ts';
import { z } from 'zod';
import { viewerProcedure } from '../../procedures.ts';
import { eventId } from './event-input.ts';

/** One event, its secrets and what is personal in it masked. */
export const getEvent = viewerProcedure
  .input(z.strictObject({ eventId }))
  .query(async ({ ctx, input }) => {
    const row = await findEvent(ctx.runtime.db, input.eventId);
    if (!row) throw new Refusal('not_found', 'eventId');
    const { payload, leasedUntil, leaseHolder, ...event } = row;
    const isInHand = leasedUntil !== null && leasedUntil > ctx.runtime.clock.now();
    return {
      ...event,
      heldBy: isInHand ? leaseHolder : null,
      isOurVersion: row.apiVersion === readVersion,
      payload: JSON.stringify(maskPayload(JSON.parse(payload)), null, 2),
      why: isListened(row.type) ? whyListened[row.type] : null,
      whyNot: unheard[row.type] ?? null,
    };
  });
