import { countSavedMethods, listSavedMethods } from '@onfile/db/views/saved-methods.ts';
import { countryCodes } from '@onfile/payments/payment-methods/countries.ts';
import { pageInput, pagingOf, rowsOf } from '../../paging.ts';
import { shopperProcedure } from '../../procedures.ts';
import { showWalletMethod } from './show-wallet-method.ts';

const pageSize = 20;

/** The shopper's own methods, the default first, then newest first. */
export const listPaymentMethods = shopperProcedure
  .input(pageInput.default({ page: 1 }))
  .query(async ({ ctx, input }) => {
    const { runtime, customer } = ctx;
    const [methods, total] = await Promise.all([
      listSavedMethods(runtime.db, customer.id, {
        detachedToo: false,
        page: rowsOf(input.page, pageSize),
      }),
      countSavedMethods(runtime.db, customer.id),
    ]);
    return {
      methods: methods.map((method) => showWalletMethod(method, runtime)),
      paging: pagingOf(input.page, pageSize, total),
      /** For billing addresses. */
      countries: countryCodes,
    };
  });
