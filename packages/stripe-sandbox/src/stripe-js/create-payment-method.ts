import type { PaymentMethod, PaymentMethodResult, Stripe } from '@stripe/stripe-js';
import { coreOf } from './element-object.ts';
import type { ElementCore } from './element-core.ts';
import type { MethodExtras } from './element-messages.ts';
import { groupOf, paymentCoreOf } from './elements-group.ts';
import type { FormValue } from './encode-form.ts';
import { integrationError } from './integration-error.ts';
import { makeMethod } from './make-method.ts';
import { readMethodData } from './read-method-data.ts';
import { postToSandbox } from './sandbox-client.ts';
import type { SandboxClient } from './sandbox-client.ts';

const CALLER = 'stripe.createPaymentMethod()';
type Given = {
  elements?: unknown;
  element?: unknown;
  params?: MethodExtras;
  metadata?: { [name: string]: string };
  type?: string;
};

async function fromCore(core: ElementCore, extras: MethodExtras): Promise<PaymentMethodResult> {
  const made = await makeMethod(core, extras);
  return made.ok ? { paymentMethod: made.paymentMethod as PaymentMethod } : { error: made.error };
}

async function fromElements(given: Given): Promise<PaymentMethodResult> {
  const group = groupOf(given.elements);
  const core = group ? paymentCoreOf(group) : undefined;
  if (!group || !core) {
    throw integrationError(
      `Invalid value for ${CALLER}: elements should have a mounted Payment Element.`,
    );
  }
  if ('clientSecret' in group.source) {
    throw integrationError(
      `Invalid value for ${CALLER}: elements should be created without a clientSecret and with paymentMethodCreation: 'manual'.`,
    );
  }
  if (!group.submitted) {
    throw integrationError(`elements.submit() must be called before ${CALLER}.`);
  }
  return fromCore(core, given.params ?? {});
}

async function fromData(client: SandboxClient, given: Given): Promise<PaymentMethodResult> {
  const { type, ...data } = given;
  if (typeof type !== 'string') {
    throw integrationError(`Missing value for ${CALLER}: type should be a string.`);
  }
  const entries = Object.entries<unknown>(data);
  const core = coreOf(entries.find(([name]) => name === type)?.[1]);
  if (core) {
    const extras = entries.filter(([name]) => name !== type);
    return fromCore(core, Object.fromEntries<never>(extras as [string, never][]));
  }
  const method = await readMethodData(type, data, CALLER);
  if (!method.ok) return { error: method.error };
  const params = method.params.payment_method_data as { [name: string]: FormValue };
  const answer = await postToSandbox<PaymentMethod>(client, '/v1/payment_methods', params);
  return answer.ok ? { paymentMethod: answer.body } : { error: answer.error };
}

/**
 * `stripe.createPaymentMethod`, from an Elements object, an Element, or details: resolves to
 * `{paymentMethod}` or `{error}`. Details of an Element go from its frame straight to the sandbox.
 */
export function createPaymentMethod(client: SandboxClient): Stripe['createPaymentMethod'] {
  const create = async (given: Given): Promise<PaymentMethodResult> => {
    if (typeof given !== 'object' || given === null) {
      throw integrationError(`Missing value for ${CALLER}: data should be an object.`);
    }
    if ('elements' in given) return fromElements(given);
    const core = coreOf(given.element);
    if (core) return fromCore(core, { ...given.params, ...withMetadata(given) });
    return fromData(client, given);
  };
  return create as Stripe['createPaymentMethod'];
}

function withMetadata({ metadata }: Given): MethodExtras {
  return metadata === undefined ? {} : { metadata };
}
