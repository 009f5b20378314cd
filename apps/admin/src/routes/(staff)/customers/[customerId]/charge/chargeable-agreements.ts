import type { Agreement, Customer, SavedMethod } from '#lib/api-types.ts';

export interface Choice {
  agreement: Agreement;
  /** The attached methods that the agreement names, newest first as the customer has them. */
  methods: SavedMethod[];
}

/** What can be charged at all: active agreements with at least one attached method they name. */
export function chargeableAgreements(customer: Pick<Customer, 'agreements' | 'methods'>): Choice[] {
  return customer.agreements
    .filter((agreement) => agreement.status === 'active')
    .map((agreement) => ({
      agreement,
      methods: customer.methods.filter(
        (method) => method.status === 'attached' && agreement.methodIds.includes(method.id),
      ),
    }))
    .filter((choice) => choice.methods.length > 0);
}
