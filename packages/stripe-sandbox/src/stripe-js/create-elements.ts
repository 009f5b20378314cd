import type {
  Appearance,
  Stripe,
  StripeElements,
  StripeElementsOptions,
  StripeElementsOptionsMode,
  StripeElementsUpdateOptions,
} from '@stripe/stripe-js';
import { coreOf } from './element-object.ts';
import { readAppearance, readElementOptions } from './element-options.ts';
import type { GivenOptions } from './element-options.ts';
import { createGroupElement, keepGroup, memberKey, paymentCoreOf } from './elements-group.ts';
import { loadGroup, offerOf } from './group-session.ts';
import type { ElementsGroup } from './group-session.ts';
import { integrationError } from './integration-error.ts';
import { kindOfSecret } from './intent-kinds.ts';
import type { ElementsSource } from './load-elements-session.ts';
import type { SandboxClient } from './sandbox-client.ts';
import { validateElement } from './validate-element.ts';

const MODES = ['payment', 'setup', 'subscription'];

function readSource(options: StripeElementsOptions): ElementsSource {
  if ('paymentMethodTypes' in options || 'payment_method_types' in options) {
    throw integrationError(
      'The paymentMethodTypes option of elements() was removed. Use allowedPaymentMethodTypes instead.',
    );
  }
  if (options.clientSecret !== undefined) {
    if (options.mode !== undefined) {
      throw integrationError('Invalid options for elements(): pass either clientSecret or mode.');
    }
    kindOfSecret(options.clientSecret, 'elements()');
    return { clientSecret: options.clientSecret };
  }
  if (options.mode === undefined) return { nothing: true };
  checkDeferred(options);
  return { deferred: options };
}

function checkDeferred(options: StripeElementsOptionsMode): void {
  if (!MODES.includes(options.mode)) {
    throw integrationError(
      `Invalid value for elements(): mode should be one of the following strings: ${MODES.join(', ')}.`,
    );
  }
  if (options.mode === 'setup') return;
  if (!Number.isInteger(options.amount) || options.amount < 0) {
    throw integrationError(
      `Invalid value for elements(): amount should be an integer in the currency's smallest unit when mode is ${options.mode}.`,
    );
  }
  if (!/^[a-z]{3}$/.test(options.currency)) {
    throw integrationError(
      `Invalid value for elements(): currency should be a three-letter ISO code in lower case when mode is ${options.mode}.`,
    );
  }
}

function changeLook(group: ElementsGroup, appearance: Appearance): void {
  group.look = readAppearance(appearance);
  for (const { element, given } of group.members.values()) {
    coreOf(element)?.update(readElementOptions(given, group.look));
  }
}

async function refresh(group: ElementsGroup): Promise<{ error?: { message: string } }> {
  group.session = undefined;
  const session = await loadGroup(group);
  if (!session.ok) return { error: { message: session.error.message ?? session.error.type } };
  paymentCoreOf(group)?.offer(offerOf(session.body));
  return {};
}

async function update(group: ElementsGroup, changed: StripeElementsUpdateOptions): Promise<void> {
  const { appearance, ...rest } = changed;
  if (appearance) changeLook(group, appearance);
  if (rest.customerSessionClientSecret !== undefined) {
    group.customerSessionClientSecret = rest.customerSessionClientSecret;
  }
  if ('deferred' in group.source) {
    const merged = { ...group.source.deferred, ...rest } as StripeElementsOptionsMode;
    group.source = readSource(merged);
    group.submitted = false;
  } else if (rest.amount !== undefined || rest.mode !== undefined) {
    throw integrationError(
      'elements.update(): amount and mode can be updated only when Elements was created without a clientSecret.',
    );
  }
  if (Object.keys(rest).length > 0) await refresh(group);
}

async function submit(group: ElementsGroup): ReturnType<StripeElements['submit']> {
  const core = paymentCoreOf(group);
  if (!core) {
    throw integrationError('elements.submit(): a mounted Payment Element is needed first.');
  }
  const { error, type } = await validateElement(core);
  if (error) return { error };
  group.submitted = true;
  return { selectedPaymentMethod: type };
}

/** `crypto.randomUUID` needs a secure context, which a page on plain HTTP is not everywhere. */
function randomName(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('');
}

/** `stripe.elements()`, with an intent's client secret or for an intent that is made later. */
export function createElements(client: SandboxClient): Stripe['elements'] {
  return (options: StripeElementsOptions = {}) => {
    const group: ElementsGroup = {
      client,
      source: readSource(options),
      look: readAppearance(options.appearance),
      customerSessionClientSecret: options.customerSessionClientSecret,
      session: undefined,
      submitted: false,
      id: randomName(),
      members: new Map(),
    };
    const listeners: (() => void)[] = [];
    const elements: StripeElements = {
      create: ((type: string, given?: GivenOptions) =>
        createGroupElement(group, type, given)) as StripeElements['create'],
      getElement: ((type: string, given?: { mode?: string }) =>
        group.members.get(memberKey(type, given?.mode))?.element ??
        null) as StripeElements['getElement'],
      on: (_name, handler) => {
        listeners.push(handler);
      },
      submit: () => submit(group),
      fetchUpdates: () => refresh(group),
      async update(changed) {
        await update(group, changed);
        for (const handler of listeners) handler();
      },
    };
    keepGroup(elements, group);
    return elements;
  };
}
