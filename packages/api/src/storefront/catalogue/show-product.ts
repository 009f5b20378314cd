import { planOf } from '@onfile/payments/checkout/payment-plan.ts';
import { formatAmount } from '@onfile/payments/money.ts';

interface ProductFacts {
  slug: string;
  name: string;
  description: string;
  amountMinor: number;
  currency: string;
  /** JSON of its `PaymentPlan`. */
  plan: string;
}

/** A product as the catalogue shows it, with the plan that it is paid by. */
export function showProduct(product: ProductFacts) {
  return {
    slug: product.slug,
    name: product.name,
    description: product.description,
    priceText: formatAmount(product.amountMinor, product.currency),
    plan: planOf(product),
  };
}
