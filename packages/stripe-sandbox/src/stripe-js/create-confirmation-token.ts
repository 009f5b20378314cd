import type { ConfirmationToken, ConfirmationTokenResult, Stripe } from '@stripe/stripe-js';
import { ONLINE_MANDATE, isDebit } from './confirm-intent.ts';
import type { MethodExtras } from './element-messages.ts';
import { groupOf, paymentCoreOf } from './elements-group.ts';
import type { FormValue } from './encode-form.ts';
import { integrationError } from './integration-error.ts';
import { makeMethod } from './make-method.ts';
import { postToSandbox } from './sandbox-client.ts';
import type { SandboxClient } from './sandbox-client.ts';

const CALLER = 'stripe.createConfirmationToken()';

/** `stripe.createConfirmationToken`: what the Payment Element holds, for a server that confirms. */
export function createConfirmationToken(client: SandboxClient): Stripe['createConfirmationToken'] {
  return async (options): Promise<ConfirmationTokenResult> => {
    const group = groupOf(options?.elements);
    const core = group ? paymentCoreOf(group) : undefined;
    if (!group || !core) {
      throw integrationError(
        `Invalid value for ${CALLER}: elements should have a mounted Payment Element.`,
      );
    }
    if (!group.submitted) {
      throw integrationError(`elements.submit() must be called before ${CALLER}.`);
    }
    const { payment_method_data: data = {}, shipping, return_url } = options.params ?? {};
    const made = await makeMethod(core, data as MethodExtras);
    if (!made.ok) return { error: made.error };
    const answer = await postToSandbox<ConfirmationToken>(client, '/v1/confirmation_tokens', {
      payment_method: made.paymentMethod.id,
      ...(isDebit(made.paymentMethod.type) ? { mandate_data: ONLINE_MANDATE } : {}),
      ...(return_url ? { return_url } : {}),
      ...(shipping ? { shipping: shipping as unknown as FormValue } : {}),
    });
    return answer.ok ? { confirmationToken: answer.body } : { error: answer.error };
  };
}
