/**
 * What the sandbox's frames tell the page around them. The receiver checks the sender's origin and
 * window first; this only checks the shape. No message carries a secret or a card number.
 */
export type FrameMessage =
  | { sandbox: true; type: 'resize'; height: number }
  | { sandbox: true; type: 'complete'; redirectUrl: string | null }
  | { sandbox: true; type: 'challenge_ended'; intentId: string };

function isWebUrl(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\//.test(value);
}

/** The message in `data`, or null when it is somebody else's. */
export function readFrameMessage(data: unknown): FrameMessage | null {
  if (typeof data !== 'object' || data === null || !('sandbox' in data) || !('type' in data)) {
    return null;
  }
  if (data.type === 'resize' && 'height' in data && typeof data.height === 'number') {
    return { sandbox: true, type: 'resize', height: data.height };
  }
  if (data.type === 'complete' && 'redirectUrl' in data) {
    const { redirectUrl } = data;
    if (redirectUrl !== null && !isWebUrl(redirectUrl)) return null;
    return { sandbox: true, type: 'complete', redirectUrl };
  }
  if (data.type === 'challenge_ended' && 'intentId' in data && typeof data.intentId === 'string') {
    return { sandbox: true, type: 'challenge_ended', intentId: data.intentId };
  }
  return null;
}
