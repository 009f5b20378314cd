import type { StripeElementType, StripeError } from '@stripe/stripe-js';
import { openElementFrame } from './element-frame.ts';
import type { ElementFrame } from './element-frame.ts';
import type { FrameAsk, FrameOptions, FrameSettings, PaymentOffer } from './element-messages.ts';
import { createListeners } from './event-listeners.ts';
import type { Listeners } from './event-listeners.ts';
import { integrationError } from './integration-error.ts';
import { findMountTarget } from './mount-checkout-frame.ts';
import type { SandboxClient } from './sandbox-client.ts';
import { markTarget } from './target-classes.ts';

type Loaded = { ok: true; settings: FrameSettings } | { ok: false; error: StripeError };

/** What an element is made of. */
type ElementParts = {
  client: SandboxClient;
  type: StripeElementType;
  /** Read when the element is mounted; `ok: false` becomes a `loaderror` event. */
  load: () => Promise<Loaded>;
  /** The shopper pressed the button that removes a saved card. */
  onRemove?: (methodId: string) => void;
  /** Hears of every change before the page's own handlers do. */
  onChange?: (detail: object) => void;
  /** The owner lets another element of the type be created. */
  onDestroy: () => void;
};

/** The inside of an element, which calls such as `confirmPayment` work with. */
export type ElementCore = {
  type: StripeElementType;
  listeners: Listeners;
  complete: boolean;
  mount(location: string | HTMLElement): void;
  unmount(): void;
  destroy(): void;
  isMounted(): boolean;
  tell(what: 'focus' | 'blur' | 'clear' | 'collapse'): void;
  update(options: FrameOptions): void;
  /** What the Payment Element offers has changed. */
  offer(offer: PaymentOffer): void;
  /** Throws an IntegrationError when the element is not on the page. */
  ask(question: FrameAsk): Promise<unknown>;
};

const NOT_MOUNTED =
  'We could not retrieve data from the specified Element. Please make sure the Element you are ' +
  'attempting to use is still mounted.';

export function createElementCore(parts: ElementParts): ElementCore {
  const listeners = createListeners();
  let frame: ElementFrame | undefined;
  let target: HTMLElement | undefined;
  let destroyed = false;
  const emit = (name: string, detail: object = {}): void =>
    listeners.emit(name, { elementType: parts.type, ...detail });

  const unmount = (): void => {
    frame?.remove();
    frame = undefined;
    if (target) markTarget(target, null);
    core.complete = false;
  };
  const core: ElementCore = {
    type: parts.type,
    listeners,
    complete: false,
    mount(location) {
      if (destroyed) {
        throw integrationError('This Element has already been destroyed. Please create a new one.');
      }
      const place = findMountTarget(location);
      if (frame && target === place) return;
      unmount();
      target = place;
      markTarget(place, { empty: true });
      emit('loaderstart');
      frame = openElementFrame(parts.client.origin, kindOf(parts.type), place, hear, async () => {
        const loaded = await parts.load();
        if (loaded.ok) return { sandboxElement: true, type: 'init', settings: loaded.settings };
        emit('loaderror', { error: loaded.error });
        return null;
      });
    },
    unmount,
    destroy() {
      unmount();
      if (!destroyed) parts.onDestroy();
      destroyed = true;
    },
    isMounted: () => frame !== undefined,
    tell: (what) => frame?.send({ sandboxElement: true, type: what }),
    update: (options) => frame?.send({ sandboxElement: true, type: 'update', options }),
    offer: (offer) => frame?.send({ sandboxElement: true, type: 'offer', offer }),
    async ask(question) {
      if (!frame) throw integrationError(NOT_MOUNTED);
      return frame.ask(question);
    },
  };
  const hear: Parameters<typeof openElementFrame>[3] = (message) => {
    if (message.type === 'ready') emit('ready');
    else if (message.type === 'remove') parts.onRemove?.(message.methodId);
    else {
      if (message.name === 'change') {
        core.complete = 'complete' in message.detail && message.detail.complete === true;
      }
      if (message.name === 'change') parts.onChange?.(message.detail);
      if (target) markTarget(target, changeOf(message.name, message.detail));
      emit(message.name, message.detail);
    }
  };
  return core;
}

function changeOf(name: string, detail: object): object {
  return name === 'focus' || name === 'blur' ? { focus: name === 'focus' } : detail;
}

function kindOf(type: StripeElementType): FrameSettings['kind'] {
  if (type === 'shippingAddress') return 'address';
  if (type === 'linkAuthentication' || type === 'contactDetails') return 'contact';
  // The factory makes elements of types with a frame only.
  return type as FrameSettings['kind'];
}
