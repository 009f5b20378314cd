import { invalidRequest, refusal } from './errors.ts';

/**
 * A body as bytes. 413 when it is longer than the limit, whether or not its length was announced; 400
 * when the client goes away before its end.
 */
export async function readBytes(
  request: Request,
  limit: { most: number; inWords: string },
): Promise<Buffer<ArrayBuffer>> {
  const announced = request.headers.get('content-length');
  if (announced !== null && Number(announced) > limit.most) throw tooLarge(limit.inWords);
  try {
    if (announced !== null) return Buffer.from(await request.arrayBuffer());
    return await readStream(request, limit);
  } catch (thrown) {
    if (!isCutOff(thrown)) throw thrown;
    throw invalidRequest('Invalid request: the connection ended before the body did.');
  }
}

async function readStream(
  request: Request,
  limit: { most: number; inWords: string },
): Promise<Buffer<ArrayBuffer>> {
  if (request.body === null) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = request.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > limit.most) throw tooLarge(limit.inWords);
    parts.push(value);
  }
  return Buffer.concat(parts);
}

function isCutOff(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ECONNRESET';
}

function tooLarge(limitInWords: string): Error {
  return refusal(413, `Invalid request: the body is larger than ${limitInWords}.`);
}
