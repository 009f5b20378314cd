import type { Account } from './context.ts';
import type { Includable } from './expand.ts';
import type { ParamTree } from './params.ts';

/** What is in an answer only when it is expanded. */
export const INCLUDABLE: { [objectAndField: string]: Includable } = {
  'charge.refunds': (account, charge) => {
    const id = idIn(charge);
    const { rows, hasMore } = account.ctx.store.page(account.id, 'refund', {
      limit: 10,
      matches: ({ object }) => object.charge === id,
    });
    const data = rows.map(({ object }) => object);
    return listOf(data, `/v1/charges/${id}/refunds`, hasMore);
  },
  'checkout.session.line_items': (account, session) => {
    const id = idIn(session);
    const row = account.ctx.store.find(account.id, 'checkout.session', id);
    return listOf(row?.hidden.lineItems ?? [], `/v1/checkout/sessions/${id}/line_items`);
  },
  'customer.cash_balance': () => null,
  'customer.sources': belowCustomer('sources'),
  'customer.subscriptions': belowCustomer('subscriptions'),
  'customer.tax': () => ({
    automatic_tax: 'unrecognized_location',
    ip_address: null,
    location: null,
    provider: 'stripe',
  }),
  'customer.tax_ids': belowCustomer('tax_ids'),
  'price.currency_options': (account, price) => priceRow(account, price)?.currencyOptions ?? {},
  'price.tiers': (account, price) => priceRow(account, price)?.tiers ?? null,
  // The search has counted already, as its parameters ask for it.
  'search_result.total_count': (_account, result) => result.total_count,
};

function idIn(object: ParamTree): string {
  return typeof object.id === 'string' ? object.id : '';
}

function listOf(data: readonly object[], url: string, hasMore = false): object {
  return { object: 'list', data, has_more: hasMore, url };
}

/** Lists that are always empty in the sandbox. */
function belowCustomer(name: string): Includable {
  return (_account, customer) => listOf([], `/v1/customers/${idIn(customer)}/${name}`);
}

function priceRow(account: Account, price: ParamTree) {
  return account.ctx.store.find(account.id, 'price', idIn(price))?.hidden;
}
