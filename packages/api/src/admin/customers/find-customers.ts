import { findCustomersByEmail } from '@onfile/db/views/customer-pages.ts';
import { z } from 'zod';
import { lineOfText } from '../../input.ts';
import { viewerProcedure } from '../../procedures.ts';

/** Customers by a part of their e-mail address, at most 20. */
export const findCustomers = viewerProcedure
  .input(z.strictObject({ email: lineOfText(254).min(1) }))
  .query(({ ctx, input }) => findCustomersByEmail(ctx.runtime.db, input.email));
