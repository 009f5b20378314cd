import { readFromFrame } from './element-messages.ts';
import type { FrameAsk, FrameKind, FromFrame, ToFrame } from './element-messages.ts';

type Heard = Extract<FromFrame, { type: 'ready' | 'event' | 'remove' }>;

export type ElementFrame = {
  send(message: ToFrame): void;
  /** Asks and waits for the frame's answer; `undefined` when the frame goes away meanwhile. */
  ask(question: FrameAsk): Promise<unknown>;
  remove(): void;
};

const TITLES: Record<FrameKind, string> = {
  payment: 'Secure payment input frame',
  card: 'Secure card payment input frame',
  cardNumber: 'Secure card number input frame',
  cardExpiry: 'Secure expiration date input frame',
  cardCvc: 'Secure CVC input frame',
  iban: 'Secure IBAN input frame',
  auBankAccount: 'Secure bank account input frame',
  address: 'Secure address input frame',
  contact: 'Secure email input frame',
};

function makeIframe(origin: string, kind: FrameKind): HTMLIFrameElement {
  const iframe = document.createElement('iframe');
  iframe.src = `${origin}/elements/${kind}`;
  iframe.title = TITLES[kind];
  iframe.referrerPolicy = 'no-referrer';
  Object.assign(iframe.style, {
    display: 'block',
    width: '100%',
    height: kind === 'payment' || kind === 'address' ? '220px' : '24px',
    border: '0',
    overflow: 'hidden',
  });
  return iframe;
}

/**
 * Puts a page of the sandbox's origin into `target` and speaks with it. Only messages of this very
 * frame on that origin are heard, and what is sent goes to that origin only.
 */
export function openElementFrame(
  origin: string,
  kind: FrameKind,
  target: HTMLElement,
  hear: (message: Heard) => void,
  init: () => Promise<ToFrame | null>,
): ElementFrame {
  const iframe = makeIframe(origin, kind);
  const waiting = new Map<number, (answer: unknown) => void>();
  const queue: ToFrame[] = [];
  let started = false;
  let asked = 0;

  const post = (message: ToFrame): void => iframe.contentWindow?.postMessage(message, origin);
  const start = async (): Promise<void> => {
    const first = await init();
    if (first === null) return;
    post(first);
    started = true;
    for (const message of queue.splice(0)) post(message);
  };
  const receive = (event: MessageEvent): void => {
    if (event.origin !== origin || event.source !== iframe.contentWindow) return;
    const message = readFromFrame(event.data);
    if (message === null) return;
    if (message.type === 'loaded') void start();
    else if (message.type === 'resize') iframe.style.height = `${Math.ceil(message.height)}px`;
    else if (message.type === 'answer') {
      waiting.get(message.id)?.(message.answer);
      waiting.delete(message.id);
    } else hear(message);
  };
  const send = (message: ToFrame): void => {
    if (started) post(message);
    else queue.push(message);
  };
  window.addEventListener('message', receive);
  target.replaceChildren(iframe);
  return {
    send,
    ask(question) {
      asked += 1;
      const id = asked;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        send({ sandboxElement: true, type: 'ask', id, ask: question });
      });
    },
    remove() {
      window.removeEventListener('message', receive);
      for (const resolve of waiting.values()) resolve(undefined);
      iframe.remove();
    },
  };
}
