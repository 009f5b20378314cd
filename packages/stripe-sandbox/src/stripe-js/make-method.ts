import type { ElementCore } from './element-core.ts';
import type { MethodAnswer, MethodExtras } from './element-messages.ts';

/** Has the element's frame send what stands in it, and gives the payment method's id, never more. */
export async function makeMethod(core: ElementCore, extras: MethodExtras): Promise<MethodAnswer> {
  const answer = await core.ask({ call: 'createMethod', extras });
  return (
    (answer as MethodAnswer | undefined) ?? {
      ok: false,
      error: { type: 'api_error', message: 'The Element was removed from the page.' },
    }
  );
}
