import { findProductBySlug, insertProduct } from '@onfile/db/tables/orders.ts';
import { newId } from '@onfile/payments/ids.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { demoProducts } from './demo-products.ts';
import type { DemoProduct } from './demo-products.ts';

/** Puts the demo's products into the catalogue; those that are there stay as they are. */
export async function seedCatalogue(runtime: Runtime): Promise<void> {
  if (runtime.settings.stripe.mode !== 'sandbox') return;
  for (const [index, product] of demoProducts.entries()) {
    if (await findProductBySlug(runtime.db, product.slug)) continue;
    const { hasPrice, plan, ...facts } = product;
    await insertProduct(runtime.db, {
      ...facts,
      id: newId('product'),
      plan: JSON.stringify(plan),
      stripePriceId: hasPrice ? await makePrice(runtime, product) : null,
      isActive: 1,
      position: index + 1,
    });
  }
}

/** A Product and its Price at the sandbox, made once. */
async function makePrice(runtime: Runtime, product: DemoProduct): Promise<string> {
  const { slug } = product;
  const made = await runtime.stripe.products.create(
    { name: product.name, description: product.description },
    { idempotencyKey: `demo-product-${slug}` },
  );
  const price = await runtime.stripe.prices.create(
    { product: made.id, currency: product.currency, unit_amount: product.amountMinor },
    { idempotencyKey: `demo-price-${slug}` },
  );
  return price.id;
}
