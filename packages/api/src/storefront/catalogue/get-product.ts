import { listProducts } from '@onfile/db/views/order-pages.ts';
import { eventDay, mostOfOne } from '@onfile/payments/checkout/place-order.ts';
import { Refusal } from '@onfile/payments/refusal.ts';
import { z } from 'zod';
import { productSlug } from '../../input.ts';
import { storefront } from '../../trpc.ts';
import { showProduct } from './show-product.ts';

/** One product, and what may be ordered of it; for everybody. */
export const getProduct = storefront.base
  .input(z.strictObject({ slug: productSlug }))
  .query(async ({ ctx, input }) => {
    const products = await listProducts(ctx.runtime.db);
    const product = products.find(({ slug }) => slug === input.slug);
    if (!product) throw new Refusal('not_found', 'slug');
    return { ...showProduct(product), mostOfOne, firstDay: eventDay(ctx.runtime) };
  });
