import { listProducts as list } from '@onfile/db/views/order-pages.ts';
import { storefront } from '../../trpc.ts';
import { showProduct } from './show-product.ts';

/** What the shop sells; for everybody. */
export const listProducts = storefront.base.query(async ({ ctx }) =>
  (await list(ctx.runtime.db)).map(showProduct),
);
