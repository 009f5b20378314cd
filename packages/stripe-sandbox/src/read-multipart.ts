import { createHash } from 'node:crypto';
import { invalidRequest, refusal } from './errors.ts';
import { parseForm } from './form-body.ts';
import type { ParamTree } from './params.ts';

/** A file of 16 MiB, and what stands around it. */
const LIMIT_BYTES = 17 * 1024 * 1024;

/**
 * Decodes an upload. A file becomes its name, size in bytes and SHA-256; its content goes no further.
 * 413 for more than the limit, 400 for what is no multipart form.
 */
export async function readMultipart(request: Request): Promise<ParamTree> {
  if (Number(request.headers.get('content-length') ?? NaN) > LIMIT_BYTES) throw tooLarge();
  const bytes = await readBytes(request);
  const type = request.headers.get('content-type') ?? '';
  const form = await new Response(bytes, { headers: { 'content-type': type } })
    .formData()
    .catch(() => {
      throw invalidRequest('Invalid request: the body is not a valid multipart form.');
    });
  const fields = new URLSearchParams();
  const files: ParamTree = {};
  for (const [name, value] of form) {
    if (typeof value === 'string') {
      fields.append(name, value);
      continue;
    }
    const content = Buffer.from(await value.arrayBuffer());
    files[name] = {
      filename: value.name,
      size: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    };
  }
  return { ...parseForm(fields.toString()), ...files };
}

async function readBytes(request: Request): Promise<Buffer<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader() as ReadableStreamDefaultReader<Uint8Array> | undefined;
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) break;
    length += part.value.byteLength;
    if (length > LIMIT_BYTES) throw tooLarge();
    parts.push(part.value);
  }
  return Buffer.concat(parts);
}

function tooLarge(): Error {
  return refusal(413, 'Invalid request: the body is larger than 17 MiB.');
}
