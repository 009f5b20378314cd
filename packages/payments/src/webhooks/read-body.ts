import type { Readable } from 'node:stream';

/** Why a body was not read to its end: what its sender is answered. */
export interface UnreadBody {
  status: 408 | 413 | 503;
  message: string;
}

/** What may be read of one body. */
export interface BodyLimits {
  bytes: number;
  /** Stripe sends a body at once: who holds one back takes room from it no longer. */
  milliseconds: number;
  /** Asked before more memory is taken, with how much more; false: there is none. */
  takeRoom: (bytes: number) => boolean;
}

export const noRoom = 'Too much is in hand: send it again later.';

/** What most bodies fit into. */
const firstRoom = 8_192;

/**
 * Reads a body to its end, or to where it is refused: too long, too late, cut off, or no room for it. What
 * is left of it is not read. It is kept in one piece, which grows: a body that comes byte by byte takes no more
 * than its length, where a list of its parts would take hundreds of times as much.
 */
export function readBody(body: Readable, most: BodyLimits): Promise<Buffer | UnreadBody> {
  return new Promise((resolve) => {
    let kept = Buffer.alloc(0);
    let bytes = 0;
    const end = (read: Buffer | UnreadBody): void => {
      clearTimeout(timer);
      body.off('data', take);
      resolve(read);
    };
    /** Doubled, so that many small parts are seldom copied. @returns whether there is room */
    const grow = (needed: number): boolean => {
      if (needed <= kept.length) return true;
      const size = Math.min(Math.max(needed, 2 * kept.length, firstRoom), most.bytes);
      if (!most.takeRoom(size - kept.length)) return false;
      const larger = Buffer.allocUnsafe(size);
      kept.copy(larger, 0, 0, bytes);
      kept = larger;
      return true;
    };
    const take = (chunk: Buffer): void => {
      const needed = bytes + chunk.length;
      if (needed > most.bytes) {
        end({ status: 413, message: `The body is larger than ${most.bytes / 1_000_000} MB.` });
      } else if (!grow(needed)) {
        end({ status: 503, message: noRoom });
      } else {
        chunk.copy(kept, bytes);
        bytes = needed;
      }
    };
    const cutOff = (): void => end({ status: 408, message: 'The body was cut off.' });
    const timer = setTimeout(() => {
      const seconds = most.milliseconds / 1_000;
      end({ status: 408, message: `The body did not arrive within ${seconds} s.` });
    }, most.milliseconds);
    body.on('data', take);
    body.once('end', () => end(kept.subarray(0, bytes)));
    // Also of what comes when all is said: an error that nobody hears ends the process.
    body.on('error', cutOff);
    // Comes after either of them, and alone where whoever sends it goes away.
    body.once('close', cutOff);
  });
}
