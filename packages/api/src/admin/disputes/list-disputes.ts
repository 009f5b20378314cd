import { countDisputes, listDisputes as list } from '@onfile/db/views/dispute-pages.ts';
import { z } from 'zod';
import { pageInput, pagingOf, rowsOf } from '../../paging.ts';
import { viewerProcedure } from '../../procedures.ts';
import { showDispute } from './show-dispute.ts';

const pageSize = 30;

/** Disputes, the one whose term ends first at the top. */
export const listDisputes = viewerProcedure
  .input(
    pageInput
      .extend({ show: z.enum(['open', 'closed', 'all']).default('open') })
      .default({ page: 1, show: 'open' }),
  )
  .query(async ({ ctx, input }) => {
    const { db, clock } = ctx.runtime;
    const which = { show: input.show };
    const disputes = await list(db, { ...which, ...rowsOf(input.page, pageSize) });
    return {
      disputes: disputes.map((dispute) => showDispute(dispute, clock.now())),
      paging: pagingOf(input.page, pageSize, await countDisputes(db, which)),
    };
  });
