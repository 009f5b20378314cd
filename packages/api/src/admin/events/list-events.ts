import { listEvents as list } from '@onfile/db/views/event-ledger.ts';
import { checkInbox } from '@onfile/payments/webhooks/check-inbox.ts';
import { whyListened } from '@onfile/payments/webhooks/listened.ts';
import { z } from 'zod';
import { pageInput, pagingOf, rowsOf } from '../../paging.ts';
import { viewerProcedure } from '../../procedures.ts';

const pageSize = 25;

/** What Stripe has told, newest first, and how the inbox is. */
export const listEvents = viewerProcedure
  .input(
    pageInput
      .extend({
        status: z.enum(['pending', 'handled', 'ignored', 'dead']).nullable().default(null),
        type: z.string().trim().max(255).nullable().default(null),
        /** An id of Stripe's: `pi_…`, `pm_…`, `re_…`. */
        objectId: z.string().trim().max(255).nullable().default(null),
      })
      .default({ page: 1, status: null, type: null, objectId: null }),
  )
  .query(async ({ ctx, input }) => {
    const { page, status, type, objectId } = input;
    const filter = { status, type: type || null, objectId: objectId || null };
    const { db } = ctx.runtime;
    const { events, total } = await list(db, { ...filter, ...rowsOf(page, pageSize) });
    const inbox = await checkInbox(ctx.runtime);
    return {
      events,
      paging: pagingOf(page, pageSize, total),
      types: Object.keys(whyListened),
      ...inbox,
    };
  });
