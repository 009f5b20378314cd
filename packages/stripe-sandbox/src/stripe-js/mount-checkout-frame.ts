import { integrationError } from './integration-error.ts';
import { readFrameMessage } from './frame-messages.ts';

/** Tall enough for the first paint, so that the page around does not jump far on the first resize. */
const FIRST_HEIGHT = '640px';

export type CheckoutFrame = { remove(): void };

/** The element that `location` names, or an IntegrationError as Stripe.js throws it. */
export function findMountTarget(location: string | HTMLElement): HTMLElement {
  if (location instanceof HTMLElement) return location;
  const found = typeof location === 'string' ? document.querySelector(location) : null;
  if (found instanceof HTMLElement) return found;
  throw integrationError(
    `Invalid value for mount(): the selector you specified (${String(location)}) applies to no ` +
      'DOM elements that are currently on the page. Make sure the element exists on the page ' +
      'before calling mount().',
  );
}

/**
 * Puts the sandbox's page into `target`. The client secret travels in the fragment, which browsers
 * send to no server. Only messages of this very frame on the sandbox's origin are heard.
 */
export function mountCheckoutFrame(
  target: HTMLElement,
  src: string,
  heard: { onRendered: () => void; onDone: (redirectUrl: string | null) => void },
): CheckoutFrame {
  const frame = document.createElement('iframe');
  frame.src = src;
  frame.title = 'Secure payment form';
  frame.name = 'embedded-checkout';
  frame.referrerPolicy = 'no-referrer';
  frame.allow = 'payment *';
  Object.assign(frame.style, {
    display: 'block',
    width: '100%',
    height: FIRST_HEIGHT,
    border: '0',
  });

  const origin = new URL(src).origin;
  let rendered = false;
  const hear = (event: MessageEvent): void => {
    if (event.origin !== origin || event.source !== frame.contentWindow) return;
    const message = readFrameMessage(event.data);
    if (message?.type === 'resize') {
      frame.style.height = `${Math.ceil(message.height)}px`;
      if (!rendered) heard.onRendered();
      rendered = true;
    }
    if (message?.type === 'complete') heard.onDone(message.redirectUrl);
  };
  window.addEventListener('message', hear);
  target.replaceChildren(frame);
  return {
    remove() {
      window.removeEventListener('message', hear);
      frame.remove();
    },
  };
}
