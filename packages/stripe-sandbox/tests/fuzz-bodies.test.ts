import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fireAndJudge, fuzz, openTarget } from './fuzz-target.ts';
import type { Target } from './fuzz-target.ts';

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(async () => {
  await target.close();
});

const big = (bytes: number): string => `name=${'x'.repeat(bytes)}`;
const nested = (depth: number): string => `metadata${'[a]'.repeat(depth)}=1`;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('a body', () => {
  const refused: [string, string | Buffer, number][] = [
    ['nested 50 deep', nested(50), 400],
    ['nested 10,000 deep', nested(10_000), 400],
    ['with 10,000 names', Array.from({ length: 10_000 }, (_, i) => `n${i}=1`).join('&'), 400],
    ['with 10,000 times the same name', 'expand[]=x&'.repeat(10_000), 400],
    ['of 10 MB', big(10_000_000), 413],
    ['with constructor', 'constructor[prototype][polluted]=1', 400],
    ['with toString', 'toString=1&hasOwnProperty=1', 400],
    ['whose hash is a text', 'address=1', 400],
    ['whose text is a hash', 'name[first]=1', 400],
    ['whose list is a hash with gaps', 'preferred_locales[99999999]=en', 400],
    ['with a text of 100,000 characters', big(100_000), 400],
  ];
  test.each(refused)('%s is refused', async (_name, body, status) => {
    const answer = await fireAndJudge(target, { method: 'POST', path: '/v1/customers', body });
    expect(answer.status).toBe(status);
    expect({}).not.toHaveProperty('polluted');
  });

  const survived: [string, string | Buffer][] = [
    ['empty', ''],
    ['of ampersands', '&&&&&=&=&&'],
    ['of brackets', '[[[]]]]=1&]=1&[=1&a[=1&[a]=1&[]=1&metadata[]=1&metadata[[a]]=1'],
    ['with broken percents', 'name=%&email=%zz&phone=%4'],
    ['with NULs', 'name=%00a%00&description=\0'],
    ['with invalid UTF-8', 'name=%ff%fe%80'],
    ['with raw invalid UTF-8', Buffer.from([...Buffer.from('name='), 0xff, 0xfe, 0x80])],
    ['with a lone surrogate', 'name=%ED%A0%80&description=\ud800'],
    ['in UTF-16', Buffer.from('name=Ada', 'utf16le')],
    ['with a byte order mark', '\ufeffname=Ada'],
    ['with the same name twice', 'name=a&name=b&metadata[a]=1&metadata[a]=2'],
    ['with __proto__', '__proto__[polluted]=1&address[__proto__][polluted]=1'],
    ['with __proto__ in its metadata', 'metadata[__proto__]=1&metadata[constructor]=2'],
    ['of emoji and of text from right to left', 'name=👩‍🚀‮abc&description=%F0%9F%92%A9'],
    ['of JSON', '{"name":"Ada"}'],
  ];
  test.each(survived)('%s gets an answer', async (_name, body) => {
    await fireAndJudge(target, { method: 'POST', path: '/v1/customers', body });
    expect({}).not.toHaveProperty('polluted');
  });

  test('of 10 MB in chunks, without a length, is refused', async () => {
    const shot = { method: 'POST', path: '/v1/customers', body: big(10_000_000), chunked: true };
    const answer = await fireAndJudge(target, shot);
    expect(answer.status).toBe(413);
  });

  const types = [
    'application/json',
    'multipart/form-data; boundary=x',
    'multipart/form-data',
    'text/plain',
    'application/x-www-form-urlencoded; charset=utf-16',
    'application/xml',
    'nonsense',
    ';;;',
    'application/json; charset=x\u00ff',
  ];
  test.each(types)('of type %s gets an answer', async (type) => {
    for (const path of ['/v1/customers', '/v2/core/accounts', '/v1/payment_pages/cs_x/confirm']) {
      for (const body of ['name=Ada', '{"name":', '[1]', '"x"', 'null', '']) {
        const headers = { 'content-type': type };
        await fireAndJudge(target, { method: 'POST', path, body, headers });
      }
    }
  });

  test('of JSON nested 100,000 deep is refused', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    for (const path of ['/v2/core/accounts', '/v1/payment_pages/cs_x/confirm']) {
      const answer = await fireAndJudge(target, { method: 'POST', path, body, headers });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
  });

  test.each(['gzip', 'br', 'deflate', 'nonsense'])(
    'in encoding %s gets an answer',
    async (coding) => {
      const headers = { ...FORM, 'content-encoding': coding };
      const body = Buffer.from([0x1f, 0x8b, 0x08, 0, 1, 2, 3]);
      await fireAndJudge(target, { method: 'POST', path: '/v1/customers', body, headers });
    },
  );

  test('of any bytes gets an answer', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
      fc.string({ unit: 'binary', maxLength: 100 }).map((text) => Buffer.from(text)),
      fc
        .array(fc.constantFrom('name', '[', ']', '=', '&', '%', '%00', 'a', '0', '.', ';', '+'))
        .map((parts) => Buffer.from(parts.join(''))),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        await fireAndJudge(target, { method: 'POST', path: '/v1/customers', body });
      }),
      fuzz(300),
    );
  });
});
