import { eraseNamedCustomer } from '@onfile/payments/privacy/erase-named-customer.ts';
import { z } from 'zod';
import { idOf, lineOfText } from '../../input.ts';
import { erasureProcedure } from '../../procedures.ts';

/** Erases a person for good; says what is left to do by hand, and names nobody. */
export const eraseCustomer = erasureProcedure
  .input(
    z.strictObject({
      customerId: idOf('customer'),
      /** The customer's address, typed by whoever erases them. */
      email: lineOfText(254),
    }),
  )
  .mutation(({ ctx, input }) =>
    eraseNamedCustomer(ctx.runtime, {
      ...input,
      by: { kind: 'staff', id: ctx.staff.staffId },
      eraseLogin: ctx.eraseLogin,
    }),
  );
