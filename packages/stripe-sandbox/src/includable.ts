import type { Includable } from './expand.ts';

/** What is in an answer only when it is expanded. */
export const INCLUDABLE: { [objectAndField: string]: Includable } = {
  'checkout.session.line_items': (account, session) => {
    const id = typeof session.id === 'string' ? session.id : '';
    const row = account.ctx.store.find(account.id, 'checkout.session', id);
    return {
      object: 'list',
      data: row?.hidden.lineItems ?? [],
      has_more: false,
      url: `/v1/checkout/sessions/${id}/line_items`,
    };
  },
};
