import { readFrameMessage } from './frame-messages.ts';

const OVER_THE_PAGE = {
  position: 'fixed',
  inset: '0',
  width: '100vw',
  height: '100dvh',
  maxWidth: 'none',
  maxHeight: 'none',
  margin: '0',
  padding: '16px',
  border: '0',
  boxSizing: 'border-box',
  background: 'rgb(16 20 38 / 62%)',
  placeItems: 'center',
};
const CARD = {
  width: 'min(420px, 100%)',
  height: 'min(460px, 100%)',
  border: '0',
  borderRadius: '10px',
  background: '#fff',
  boxShadow: '0 12px 48px rgb(16 20 38 / 40%)',
};

function buildDialog(): { dialog: HTMLDialogElement; frame: HTMLIFrameElement } {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-label', 'Authenticate with your bank');
  // Without it, a second Escape closes a dialog whatever its `cancel` listener says.
  dialog.setAttribute('closedby', 'none');
  // Set one by one: a page's policy may forbid style attributes, never style properties.
  Object.assign(dialog.style, OVER_THE_PAGE);
  const frame = document.createElement('iframe');
  frame.title = '3D Secure authentication';
  frame.referrerPolicy = 'no-referrer';
  Object.assign(frame.style, CARD);
  dialog.append(frame);
  return { dialog, frame };
}

/**
 * Shows the bank's page over the merchant's, in a modal dialog that only its own buttons end.
 * `challengeUrl` says which intent; the page is always taken from the sandbox's own `origin`.
 */
export function runChallengeModal(
  origin: string,
  challengeUrl: string,
  intentId: string,
): Promise<void> {
  const { dialog, frame } = buildDialog();
  return new Promise((resolve) => {
    const hear = (event: MessageEvent): void => {
      if (event.origin !== origin || event.source !== frame.contentWindow) return;
      const message = readFrameMessage(event.data);
      if (message?.type !== 'challenge_ended' || message.intentId !== intentId) return;
      window.removeEventListener('message', hear);
      dialog.close();
      dialog.remove();
      resolve();
    };
    window.addEventListener('message', hear);
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    frame.addEventListener('load', () => frame.focus(), { once: true });
    frame.src = origin + new URL(challengeUrl, origin).pathname;
    document.body.append(dialog);
    // The dialog keeps the focus inside while it is open, and gives it back when it closes.
    dialog.showModal();
    dialog.style.display = 'grid';
  });
}
