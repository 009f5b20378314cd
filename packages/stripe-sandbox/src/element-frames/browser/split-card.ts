import type { FrameKind } from '../../stripe-js/element-messages.ts';
import { faultsInUse, readField } from './frame-fields.ts';
import type { Fault } from './judge-field.ts';

/** What the expiry and CVC frames answer the number frame. It stays within the sandbox's origin. */
export type SplitPart = { field: 'expiry' | 'cvc'; value: string; fault: Fault | undefined };

const FIELDS: Partial<Record<FrameKind, SplitPart['field']>> = {
  cardExpiry: 'expiry',
  cardCvc: 'cvc',
};
/** Frames of the same page answer within one turn or two of the event loop. */
const PATIENCE_MS = 400;

/** The expiry and CVC frames answer whoever asks within their group. */
export function answerSiblings(kind: FrameKind, group: string): void {
  const field = FIELDS[kind];
  if (field === undefined) return;
  const channel = new BroadcastChannel(`card-${group}`);
  channel.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.data !== 'ask') return;
    const part: SplitPart = { field, value: readField(field), fault: faultsInUse()[0]?.fault };
    channel.postMessage(part);
  });
}

/** Collects what the sibling frames hold, for the frame that has the number. */
export function askSiblings(group: string): Promise<SplitPart[]> {
  const channel = new BroadcastChannel(`card-${group}`);
  const parts: SplitPart[] = [];
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      channel.close();
      resolve(parts);
    };
    const timer = setTimeout(finish, PATIENCE_MS);
    channel.addEventListener('message', (event: MessageEvent<SplitPart | 'ask'>) => {
      if (event.data === 'ask') return;
      parts.push(event.data);
      if (parts.length === Object.keys(FIELDS).length) finish();
    });
    channel.postMessage('ask');
  });
}
