import type { StripeElements, StripeError } from '@stripe/stripe-js';
import { createElementCore } from './element-core.ts';
import type { ElementCore } from './element-core.ts';
import type { FrameKind, FrameSettings } from './element-messages.ts';
import { coreOf, isOfferedElement, makeElement } from './element-object.ts';
import type { MadeElement } from './element-object.ts';
import { readElementOptions } from './element-options.ts';
import type { GivenOptions } from './element-options.ts';
import { loadGroup, offerOf } from './group-session.ts';
import type { ElementsGroup } from './group-session.ts';
import { integrationError } from './integration-error.ts';
import { removeSavedCard } from './remove-saved-card.ts';

const groups = new WeakMap<object, ElementsGroup>();

export function keepGroup(elements: StripeElements, group: ElementsGroup): void {
  groups.set(elements, group);
}

/** The group of an Elements object that this script made; undefined for every other object. */
export function groupOf(elements: unknown): ElementsGroup | undefined {
  return typeof elements === 'object' && elements !== null ? groups.get(elements) : undefined;
}

/** The mounted Payment Element of the group, if there is one. */
export function paymentCoreOf(group: ElementsGroup): ElementCore | undefined {
  const core = coreOf(group.members.get('payment')?.element);
  return core?.isMounted() ? core : undefined;
}

async function settingsFor(
  group: ElementsGroup,
  type: string,
  given: GivenOptions,
): Promise<{ ok: true; settings: FrameSettings } | { ok: false; error: StripeError }> {
  const settings: FrameSettings = {
    kind: type as FrameKind,
    publishableKey: group.client.publishableKey,
    group: group.id,
    options: readElementOptions(given, group.look),
    offer: null,
  };
  if (type !== 'payment') return { ok: true, settings };
  const session = await loadGroup(group);
  return session.ok
    ? { ok: true, settings: { ...settings, offer: offerOf(session.body) } }
    : session;
}

/** `elements.create(type, options)`: throws for types the sandbox has not, and for a second one. */
export function createGroupElement(
  group: ElementsGroup,
  type: string,
  options: GivenOptions = {},
): MadeElement {
  if (!isOfferedElement(type)) {
    throw integrationError(
      `A valid Element name must be provided; the sandbox has no Element of type ${type}.`,
    );
  }
  const key = memberKey(type, options.mode);
  if (group.members.has(key)) {
    throw integrationError(`Can only create one Element of type ${type}.`);
  }
  if (type === 'payment' && 'nothing' in group.source) {
    throw integrationError(
      'In order to create a payment element, you must pass a clientSecret or mode when creating the Elements group.',
    );
  }
  // Wrong options throw here and not at the first mount.
  readElementOptions(options, group.look);
  const member = { given: options };
  const core = createElementCore({
    client: group.client,
    type,
    load: () => settingsFor(group, type, member.given),
    onRemove: (methodId) => void removeSavedCard(group, core, methodId),
    onDestroy: () => group.members.delete(key),
  });
  const element: MadeElement = makeElement(type, core, (changed) => {
    member.given = { ...member.given, ...changed };
    group.members.set(key, { element, given: member.given });
    core.update(readElementOptions(member.given, group.look));
  });
  group.members.set(key, { element, given: options });
  return element;
}

/** One element of each type in a group; of addresses one for each mode. */
export function memberKey(type: string, mode: string | undefined): string {
  return mode === undefined ? type : `${type}:${mode}`;
}
