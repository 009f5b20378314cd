import type { StripeError } from '@stripe/stripe-js';
import type { ElementsSession } from '../element-frames/elements-session.ts';
import type { FrameLook, PaymentOffer } from './element-messages.ts';
import type { MadeElement } from './element-object.ts';
import type { GivenOptions } from './element-options.ts';
import { loadElementsSession } from './load-elements-session.ts';
import type { ElementsSource } from './load-elements-session.ts';
import type { SandboxClient } from './sandbox-client.ts';

type Answered = { ok: true; body: ElementsSession } | { ok: false; error: StripeError };

/** The inside of an Elements object. */
export type ElementsGroup = {
  client: SandboxClient;
  source: ElementsSource;
  look: FrameLook;
  customerSessionClientSecret: string | undefined;
  /** Loaded once, at the first mount, and again by `fetchUpdates` and `update`. */
  session: Promise<Answered> | undefined;
  /** Deferred Elements must be submitted before they are confirmed. */
  submitted: boolean;
  /** Random: split card fields of one group find each other by it. */
  id: string;
  members: Map<string, { element: MadeElement; given: GivenOptions }>;
};

/** What the group offers, asked once. */
export function loadGroup(group: ElementsGroup): Promise<Answered> {
  group.session ??= loadElementsSession(
    group.client,
    group.source,
    group.customerSessionClientSecret,
  );
  return group.session;
}

export function offerOf(session: ElementsSession): PaymentOffer {
  return {
    methods: session.payment_method_types,
    saved: session.saved_payment_methods,
    removable: session.payment_method_remove,
    saveBox: session.payment_method_save,
    reuse: session.reuse,
    merchant: session.account_name,
  };
}
