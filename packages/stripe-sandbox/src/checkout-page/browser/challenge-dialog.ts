import { readFrameMessage } from '../../stripe-js/frame-messages.ts';
import { findElement } from './find-element.ts';

/**
 * Shows the bank's page in a modal dialog until it reports its end. Escape does not close it: leaving
 * half way would leave the shopper not knowing, and the bank's page has its own way to say no.
 */
export function runChallenge(challengeUrl: string, intentId: string): Promise<void> {
  const dialog = findElement('challenge', HTMLDialogElement);
  const frame = findElement('challenge-frame', HTMLIFrameElement);
  const keepOpen = (event: Event): void => event.preventDefault();

  return new Promise((resolve) => {
    const hear = (event: MessageEvent): void => {
      if (event.origin !== location.origin || event.source !== frame.contentWindow) return;
      const message = readFrameMessage(event.data);
      if (message?.type !== 'challenge_ended' || message.intentId !== intentId) return;
      window.removeEventListener('message', hear);
      dialog.removeEventListener('cancel', keepOpen);
      dialog.close();
      frame.src = 'about:blank';
      resolve();
    };
    window.addEventListener('message', hear);
    dialog.addEventListener('cancel', keepOpen);
    frame.addEventListener('load', () => frame.focus(), { once: true });
    // Only the path: the frame is this sandbox's own page, under whatever name it was opened.
    frame.src = new URL(challengeUrl, location.href).pathname;
    dialog.showModal();
  });
}
