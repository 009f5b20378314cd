import { readToFrame } from '../../stripe-js/element-messages.ts';
import type { FromFrame, ToFrame } from '../../stripe-js/element-messages.ts';

type HostChannel = { tell(message: FromFrame): void };

/**
 * Speaks with the page around. Only the parent window is heard, and after its first word only on the
 * origin it spoke from; what is told goes to that origin alone.
 */
export function openHostChannel(hear: (message: ToFrame) => void): HostChannel {
  let origin: string | undefined;
  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || window.parent === window) return;
    if (origin !== undefined && event.origin !== origin) return;
    const message = readToFrame(event.data);
    if (message === null || (origin === undefined && message.type !== 'init')) return;
    origin = event.origin;
    hear(message);
  });
  // Its origin is not known yet; this first word says only that the frame has loaded.
  const loaded: FromFrame = { sandboxElement: true, type: 'loaded' };
  if (window.parent !== window) window.parent.postMessage(loaded, '*');
  return {
    tell(message) {
      if (origin !== undefined) window.parent.postMessage(message, origin);
    },
  };
}
