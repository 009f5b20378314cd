import type { Readable } from 'node:stream';

/** Why a body was not read to its end: what its sender is answered. */
export interface UnreadBody {
  status: 408 | 413;
  message: string;
}

/**
 * Reads a body to its end, or to where it is refused: over `most.bytes` of it, not at its end after
 * `most.milliseconds` (Stripe sends a body at once; who holds one back takes room from it no longer),
 * or cut off. What is left of it is not read.
 */
export function readBody(
  body: Readable,
  most: { bytes: number; milliseconds: number },
): Promise<Buffer | UnreadBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const end = (read: Buffer | UnreadBody): void => {
      clearTimeout(timer);
      body.off('data', take);
      resolve(read);
    };
    const take = (chunk: Buffer): void => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > most.bytes) {
        end({ status: 413, message: `The body is larger than ${most.bytes / 1_000_000} MB.` });
      }
    };
    const cutOff = (): void => end({ status: 408, message: 'The body was cut off.' });
    const timer = setTimeout(() => {
      const seconds = most.milliseconds / 1_000;
      end({ status: 408, message: `The body did not arrive within ${seconds} s.` });
    }, most.milliseconds);
    body.on('data', take);
    body.once('end', () => end(Buffer.concat(chunks)));
    body.once('error', cutOff);
    // Comes after either of them, and alone where whoever sends it goes away.
    body.once('close', cutOff);
  });
}
