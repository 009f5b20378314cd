import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { invalidRequest } from '../errors.ts';
import { getByPath } from '../get-object.ts';
import { newId } from '../ids.ts';
import { listPage } from '../list-page.ts';
import { hash, integer, missing, requiredText, text } from '../params.ts';
import type { Params } from '../params.ts';

const MIB = 1024 * 1024;
/** Evidence goes to banks, which take less. */
const EVIDENCE_BYTES = 5 * MIB;
const OTHER_BYTES = 16 * MIB;
const TYPES: { [extension: string]: string } = {
  pdf: 'pdf',
  jpg: 'jpg',
  jpeg: 'jpg',
  png: 'png',
  csv: 'csv',
  docx: 'docx',
  xlsx: 'xlsx',
};
const EVIDENCE_TYPES = ['pdf', 'jpg', 'png'];

/** Keeps what a file is called and how large it is; its content is read and forgotten. */
function createFile(account: Account, params: Params): Stripe.File {
  const file = hash(params, 'file');
  if (file === undefined) throw missing('file');
  const purpose = requiredText(params, 'purpose');
  const size = integer(file, 'size') ?? 0;
  const filename = text(file, 'filename') ?? 'upload';
  const type = TYPES[filename.split('.').at(-1)?.toLowerCase() ?? ''] ?? null;
  const limit = purpose === 'dispute_evidence' ? EVIDENCE_BYTES : OTHER_BYTES;
  if (size === 0 || size > limit) {
    throw invalidRequest(
      size === 0
        ? 'The file you sent is empty.'
        : `The file you sent is larger than ${String(limit / MIB)} MB, the most for \`${purpose}\`.`,
      { param: 'file' },
    );
  }
  if (purpose === 'dispute_evidence' && (type === null || !EVIDENCE_TYPES.includes(type))) {
    throw invalidRequest('Evidence must be a PDF, JPEG or PNG file.', { param: 'file' });
  }
  const id = newId('file');
  const object: Stripe.File = {
    id,
    object: 'file',
    created: account.ctx.clock.seconds(),
    expires_at: null,
    filename,
    links: { object: 'list', data: [], has_more: false, url: `/v1/file_links?file=${id}` },
    purpose,
    size,
    title: null,
    type,
    // There is no content to fetch.
    url: null,
  };
  account.ctx.store.insert(account.id, 'file', { object, hidden: {} });
  return object;
}

export const FILE_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/files',
    multipart: true,
    answer: ({ account, params }) => createFile(account, params),
  },
  {
    method: 'GET',
    path: '/v1/files',
    answer: ({ account, params }) => {
      const purpose = text(params, 'purpose');
      return listPage(account, 'file', '/v1/files', params, {
        ...(purpose === undefined ? {} : { matches: ({ object }) => object.purpose === purpose }),
      });
    },
  },
  {
    method: 'GET',
    path: '/v1/files/:id',
    answer: (call) => getByPath(call.account, 'file', pathId(call)).object,
  },
];
