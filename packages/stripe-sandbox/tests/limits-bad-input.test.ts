import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { control } from './control.ts';
import { openSandbox } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';

let opened: Opened;
let before: unknown;
const counts = (): Promise<unknown> => control(opened, 'GET', 'objects');

beforeAll(async () => {
  opened = await openSandbox();
  await opened.stripe.customers.create({});
  before = await counts();
});
afterAll(async () => {
  await opened.sandbox.close();
});

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };
const MEGABYTES = 10 * 1024 * 1024;
const nested = (depth: number): string => `metadata${'[a]'.repeat(depth)}=1`;
const endless = (): ReadableStream<Uint8Array> => {
  let sent = 0;
  return new ReadableStream({
    pull(stream) {
      sent += 65_536;
      if (sent > MEGABYTES) stream.close();
      else stream.enqueue(new Uint8Array(65_536).fill(97));
    },
  });
};

type Bad = {
  status: number;
  path?: string;
  method?: string;
  headers?: object;
  body?: () => RequestInit['body'];
};
const BAD: { [what: string]: Bad } = {
  'a form of 10 MB': { status: 413, headers: FORM, body: () => `name=${'x'.repeat(MEGABYTES)}` },
  'a stream of 10 MB of unknown length': { status: 413, headers: FORM, body: endless },
  'JSON of 10 MB': {
    status: 413,
    path: '/v2/core/accounts',
    headers: JSON_TYPE,
    body: () => `{"display_name":"${'x'.repeat(MEGABYTES)}"}`,
  },
  'brackets nested 50 deep': { status: 400, headers: FORM, body: () => nested(50) },
  'brackets nested 10,000 deep': { status: 400, headers: FORM, body: () => nested(10_000) },
  'brackets nested 50 deep in a query': {
    status: 400,
    method: 'GET',
    path: `/v1/customers?${nested(50)}`,
  },
  'brackets that never close': { status: 400, headers: FORM, body: () => `${'a['.repeat(500)}=1` },
  'JSON nested 100,000 deep': {
    status: 400,
    path: '/v2/core/accounts',
    headers: JSON_TYPE,
    body: () => `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
  },
  'ten thousand parameters': {
    status: 400,
    headers: FORM,
    body: () => Array.from({ length: 10_000 }, (_, n) => `metadata[k${String(n)}]=v`).join('&'),
  },
  'bytes that are not UTF-8': {
    status: 400,
    headers: FORM,
    body: () => Buffer.concat([Buffer.from('name='), Buffer.from([0xff, 0xfe, 0xc3, 0x28])]),
  },
  'escapes that are not UTF-8': { status: 400, headers: FORM, body: () => 'name=%ff%fe%c3%28' },
  'a compressed body': {
    status: 400,
    headers: { ...FORM, 'content-encoding': 'gzip' },
    body: () => gzipSync('name=Ada'),
  },
  'UTF-16': {
    status: 400,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-16' },
    body: () => Buffer.from('name=Ada', 'utf16le'),
  },
  'a file upload where none belongs': {
    status: 400,
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: () => '--x\r\ncontent-disposition: form-data; name="name"\r\n\r\nAda\r\n--x--',
  },
  'names of the object prototype': {
    status: 400,
    headers: FORM,
    body: () => '__proto__[name]=x&constructor[prototype][a]=b',
  },
  'an unknown route': { status: 404, path: '/v1/nothing', headers: FORM, body: () => 'a=1' },
  'an id full of escapes': { status: 404, method: 'GET', path: '/v1/customers/%00%ff%2e%2e%2f' },
  'an id of 4,000 characters': {
    status: 404,
    method: 'GET',
    path: `/v1/customers/${'c'.repeat(4000)}`,
  },
  'a key that is no key': { status: 401, headers: { ...FORM, authorization: 'Bearer \u00ff' } },
};

test.each(Object.entries(BAD))('%s gets the envelope and changes nothing', async (_what, bad) => {
  const body = bad.body?.();
  const answer = await opened.call(bad.path ?? '/v1/customers', {
    method: bad.method ?? 'POST',
    headers: { ...bad.headers },
    ...(body === undefined ? {} : { body, duplex: 'half' }),
  });
  expect(answer.status).toBe(bad.status);
  expect(answer.body.error).toMatchObject({ type: 'invalid_request_error' });
  expect(answer.body.error?.message).not.toBe('');
  expect(await counts()).toEqual(before);
});

test.each([
  'GET /v1/customers HTTP/1.1\r\nbroken\r\n\r\n',
  'NONSENSE\r\n\r\n',
  '\u0016\u0003\u0001',
])('what is not HTTP (%j) gets a 400 and the connection closes', async (bytes) => {
  const answered = await new Promise<string>((resolve, reject) => {
    const socket = connect(opened.sandbox.port, '127.0.0.1', () =>
      socket.write(`${bytes}\r\n\r\n`),
    );
    let text = '';
    socket.on('data', (part) => (text += part.toString()));
    socket.on('end', () => {
      resolve(text);
    });
    socket.on('error', reject);
  });
  expect(answered).toMatch(/^HTTP\/1.1 400/);
  expect(answered).toContain('"type":"invalid_request_error"');
});

test('a live key is refused with a sentence', async () => {
  const answer = await opened.call('/v1/customers', {
    headers: { authorization: `Bearer ${'sk_live_'}abcdefghijkl` },
  });
  expect(answer.status).toBe(401);
  expect(answer.body.error?.message).toBe(
    'This is a local sandbox: it refuses live keys. Use a test key.',
  );
});
