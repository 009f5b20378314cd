import { expect, test } from 'vitest';
import type Stripe from 'stripe';
import { refusal } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';

const SUCCESS = 'http://localhost:3000/done';
const PRINT = { currency: 'usd', unit_amount: 1500, product_data: { name: 'A print' } };
const ITEM = { quantity: 1, price_data: PRINT };
const ITEMS = [ITEM];

/** The least that opens a session of each kind; the stories add what is refused. */
export const LEAST = {
  address: SUCCESS,
  price: PRINT,
  item: ITEM,
  setup: { mode: 'setup', currency: 'usd', success_url: SUCCESS },
  payment: { mode: 'payment', line_items: ITEMS, success_url: SUCCESS },
  embedded: { ui_mode: 'embedded_page', success_url: undefined },
  elements: { ui_mode: 'elements', success_url: undefined },
} as const;

/** What is sent, words of the message, and the `param` it names. */
export type Refused = [story: string, params: object, message: string, param: string | undefined];

/** The error that opening a session with these parameters ends in. */
export async function refusedSession(
  { stripe }: Opened,
  params: object,
): Promise<Stripe.errors.StripeError> {
  return refusal(stripe.checkout.sessions.create(params));
}

/** One test per row: each is refused with 400, before anything is made. */
export function testRefusals(opened: () => Opened, rows: Refused[]): void {
  test.each(rows)('%s', async (_story, params, message, param) => {
    const error = await refusedSession(opened(), params);
    expect({ status: error.statusCode, message: error.message, param: error.param }).toEqual({
      status: 400,
      message: expect.stringContaining(message) as string,
      param,
    });
  });
}

/** Stripe's sentence for a parameter of another mode. */
export function notInMode(mode: string, name: string): string {
  return `You can not pass \`${name}\` in \`${mode}\` mode.`;
}
