import { countHolds, listHolds as list } from '@onfile/db/views/hold-list.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { nameMethod } from '@onfile/payments/payment-methods/name-method.ts';
import { z } from 'zod';
import { pageInput, pagingOf, rowsOf } from '../../paging.ts';
import { viewerProcedure } from '../../procedures.ts';

const pageSize = 30;
const hourMs = 60 * 60 * 1000;

/** What is held now, those that end first, first. */
export const listHolds = viewerProcedure
  .input(
    pageInput.extend({
      /** Only those that end within so many hours. */
      withinHours: z.number().int().min(1).max(1_000).nullable().default(null),
    }),
  )
  .query(async ({ ctx, input }) => {
    const { db, clock } = ctx.runtime;
    const { withinHours, page } = input;
    const until = withinHours === null ? null : clock.now() + withinHours * hourMs;
    const holds = await list(db, { until, ...rowsOf(page, pageSize) });
    return {
      holds: holds.map((hold) => ({
        id: hold.id,
        amountText: formatAmount(hold.amountMinor, hold.currency),
        reason: hold.reason,
        customerId: hold.customerId,
        customerEmail: hold.customerEmail,
        methodText: hold.paymentMethodId ? nameMethod(hold) : null,
        captureBefore: hold.captureBefore,
        holdEnd: hold.holdEnd,
      })),
      paging: pagingOf(page, pageSize, await countHolds(db, { until })),
    };
  });
