import type { StripeError } from '@stripe/stripe-js';
import type { ElementCore } from './element-core.ts';

type Validated = { error?: StripeError; type: string };

/** Shows what is missing in the element's frame; `type` is the method that is chosen there. */
export async function validateElement(core: ElementCore): Promise<Validated> {
  const answer = await core.ask({ call: 'validate' });
  // Undefined when the element was unmounted meanwhile.
  return (answer ?? { type: 'card' }) as Validated;
}
