import { createHash } from 'node:crypto';
import { invalidRequest } from './errors.ts';
import { parseForm } from './form-body.ts';
import type { ParamTree } from './params.ts';
import { readBytes } from './read-bytes.ts';

/** A file of 16 MiB, and what stands around it. */
const LIMIT_BYTES = 17 * 1024 * 1024;

/**
 * Decodes an upload. A file becomes its name, size in bytes and SHA-256; its content goes no further.
 * 413 for more than the limit, 400 for what is no multipart form.
 */
export async function readMultipart(request: Request): Promise<ParamTree> {
  const bytes = await readBytes(request, { most: LIMIT_BYTES, inWords: '16 MiB' });
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
