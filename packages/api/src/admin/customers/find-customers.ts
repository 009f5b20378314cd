import { findCustomersByEmail } from '@onfile/db/views/customer-pages.ts';
import { z } from 'zod';
import { viewerProcedure } from '../../procedures.ts';

/** Customers by a part of their e-mail address, at most 20. */
export const findCustomers = viewerProcedure
  .input(z.strictObject({ email: z.string().trim().min(1).max(254) }))
  .query(({ ctx, input }) => findCustomersByEmail(ctx.runtime.db, input.email));
