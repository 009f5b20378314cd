import { expect } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import { ONE_ITEM } from './make-objects.ts';
import { RETURN_URL, ask } from './open-stripe.ts';

type Params = { [name: string]: unknown };
/** A request that is refused, and what of the error is sure. */
export type RefusedCase = [name: string, params: Params, expected: Params];

export const SETUP = { mode: 'setup', currency: 'usd', success_url: RETURN_URL };
export const PAYMENT = { mode: 'payment', line_items: ONE_ITEM, success_url: RETURN_URL };

/** Asks for a Checkout Session, which must be a 400. */
export async function refused(params: Params, expected: Params): Promise<void> {
  const error = await refusal(ask('POST', '/v1/checkout/sessions', params));
  expect(error).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error', ...expected });
}

/** A part of a message whose rest Stripe may word anew. */
export const containing = (text: string): string => expect.stringContaining(text) as string;
