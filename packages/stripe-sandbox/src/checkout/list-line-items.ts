import type Stripe from 'stripe';
import { invalidRequest, resourceMissing } from '../errors.ts';
import { integer, text } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';

/** A page of a session's items, in the order they were sent. `limit` 1 to 100 (10). */
export function listLineItems(
  { object, hidden }: Row<'checkout.session'>,
  params: Params,
): Stripe.ApiList<Stripe.LineItem> {
  const limit = integer(params, 'limit') ?? 10;
  if (limit < 1 || limit > 100) {
    throw invalidRequest('Invalid limit: must be between 1 and 100', {
      code: 'parameter_invalid_integer',
      param: 'limit',
    });
  }
  const items = hidden.lineItems;
  const after = positionOf(items, params, 'starting_after');
  const before = positionOf(items, params, 'ending_before');
  if (after !== undefined && before !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: starting_after, ending_before.',
      { code: 'parameters_exclusive', param: 'starting_after' },
    );
  }
  const start = after !== undefined ? after + 1 : Math.max(0, (before ?? limit) - limit);
  const end = before ?? start + limit;
  return {
    object: 'list',
    data: items.slice(start, end),
    has_more: before === undefined ? end < items.length : start > 0,
    url: `/v1/checkout/sessions/${object.id}/line_items`,
  };
}

function positionOf(
  items: Stripe.LineItem[],
  params: Params,
  name: 'starting_after' | 'ending_before',
): number | undefined {
  const id = text(params, name);
  if (id === undefined) return undefined;
  const position = items.findIndex((item) => item.id === id);
  if (position < 0) throw resourceMissing('line item', id, name, 'body');
  return position;
}
