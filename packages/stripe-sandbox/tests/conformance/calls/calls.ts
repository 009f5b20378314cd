import type Stripe from 'stripe';
import type { Opened } from '../../open-sandbox.ts';
import { listExpandable } from '../list-expandable.ts';

/**
 * Stories that make calls, by name. What the answers mean is for other tests; here they are held against
 * the SDK's types, as `openSandbox` does with all answers.
 */
export type Calls = { [story: string]: (stripe: Stripe, opened: Opened) => Promise<void> };

/** `expand` of all that can be expanded in an object of this kind. */
export function all(object: string): { expand: string[] } {
  return { expand: listExpandable(object) };
}

/** The same in a list of them. */
export function allOfEach(object: string): { expand: string[] } {
  return { expand: listExpandable(object).map((name) => `data.${name}`) };
}

export const address = {
  line1: '1 Main St',
  city: 'Paris',
  country: 'FR',
  postal_code: '75001',
};
export const shipping = { name: 'Ada Lovelace', phone: '+33600000000', address };
