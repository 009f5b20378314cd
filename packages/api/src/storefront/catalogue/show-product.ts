import type { Row } from '@onfile/db/database.ts';
import { planOf } from '@onfile/payments/checkout/payment-plan.ts';
import { formatAmount } from '@onfile/payments/money.ts';

/** A product as the catalogue shows it, with the plan that it is paid by. */
export function showProduct(product: Row<'products'>) {
  return {
    slug: product.slug,
    name: product.name,
    description: product.description,
    priceText: formatAmount(product.amountMinor, product.currency),
    plan: planOf(product),
  };
}
