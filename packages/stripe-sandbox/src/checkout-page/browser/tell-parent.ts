import type { FrameMessage } from '../../stripe-js/frame-messages.ts';

/**
 * To the page around this frame. Its origin is not known here, and need not be: the message holds
 * no secret, and only loopback pages may frame this one.
 */
export function tellParent(message: FrameMessage): void {
  if (window.parent !== window) window.parent.postMessage(message, '*');
}

/** Reports the height of the content now and on every change, so that the frame never scrolls. */
export function reportHeight(): void {
  const report = (): void => {
    const height = document.body.getBoundingClientRect().height;
    tellParent({ sandbox: true, type: 'resize', height });
  };
  new ResizeObserver(report).observe(document.body);
  report();
}
