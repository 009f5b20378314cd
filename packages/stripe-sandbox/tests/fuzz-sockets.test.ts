import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FUZZ_KEY, fuzz, openTarget } from './fuzz-target.ts';
import type { Target } from './fuzz-target.ts';

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(async () => {
  await target.close();
});

describe('bytes on a socket', () => {
  const head = `Host: x\r\nAuthorization: Bearer ${FUZZ_KEY}\r\n`;
  const alive = async (): Promise<void> => {
    expect((await target.fire({ path: '/v1/customers' })).status).toBe(200);
  };

  const garbage: [string, string | Buffer][] = [
    ['no HTTP', 'hello\r\n\r\n'],
    ['the first words of TLS', Buffer.from('16030100a5010000a10303', 'hex')],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a method of our own', `FOO /v1/customers HTTP/1.1\r\n${head}\r\n`],
    ['a space in the address', `GET /v1/cust omers HTTP/1.1\r\n${head}\r\n`],
    ['raw bytes in the address', Buffer.from(`GET /v1/\xff\x00 HTTP/1.1\r\n${head}\r\n`, 'latin1')],
    [
      'two lengths',
      `POST /v1/customers HTTP/1.1\r\n${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
    ],
    ['a negative length', `POST /v1/customers HTTP/1.1\r\n${head}Content-Length: -1\r\n\r\n`],
    [
      'a length and chunks',
      `POST /v1/customers HTTP/1.1\r\n${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      'a broken chunk',
      `POST /v1/customers HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
    ],
    [
      'a header of 100 KB',
      `GET /v1/customers HTTP/1.1\r\n${head}X: ${'x'.repeat(100_000)}\r\n\r\n`,
    ],
    ['a header without a colon', `GET /v1/customers HTTP/1.1\r\n${head}nonsense\r\n\r\n`],
    ['a NUL in a header', `GET /v1/customers HTTP/1.1\r\n${head}X: a\0b\r\n\r\n`],
  ];
  test.each(garbage)('of %s are refused in the envelope', async (_name, bytes) => {
    const before = target.changes();
    const answer = await target.write(bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).toContain('"error":{');
    expect(target.changes()).toBe(before);
    await alive();
  });

  test.each([
    ['no host', 'GET /v1/customers HTTP/1.1\r\n\r\n'],
    ['HTTP/1.0', `GET /v1/customers HTTP/1.0\r\n${head}\r\n`],
    [
      'an address with a host',
      `GET http://evil.example/v1/customers HTTP/1.1\r\n${head}Connection: close\r\n\r\n`,
    ],
    ['an address without a slash', `GET v1/customers HTTP/1.1\r\n${head}Connection: close\r\n\r\n`],
    ['a star', `OPTIONS * HTTP/1.1\r\n${head}Connection: close\r\n\r\n`],
    ['a host that is none', 'GET /v1/customers HTTP/1.1\r\nHost: [[[\r\nConnection: close\r\n\r\n'],
    [
      'an expectation',
      `GET /v1/customers HTTP/1.1\r\n${head}Expect: nonsense\r\nConnection: close\r\n\r\n`,
    ],
  ])('of %s get an answer that is no fault', async (_name, bytes) => {
    const answer = await target.write(bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 [24]\d\d /);
    await alive();
  });

  test.each(['', 'GET', 'GET /\r\n', `POST /v1/customers HTTP/1.1\r\n${head}`])(
    'of a request that never ends (%j) hold nobody up',
    async (bytes) => {
      await target.write(bytes, 100);
      await alive();
    },
  );

  test('of a body shorter than announced change nothing', async () => {
    const before = target.changes();
    const request = `POST /v1/customers HTTP/1.1\r\n${head}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nname=Ada`;
    await target.write(request, 300);
    expect(target.changes()).toBe(before);
    await alive();
  });

  test('of several requests at once are answered in order', async () => {
    const get = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\n${head}${more}\r\n`;
    const answer = await target.write(
      get('/v1/customers/cus_a') +
        get('/v1/customers/cus_b') +
        get('/v1/nope', 'Connection: close\r\n'),
    );
    const messages = [...answer.matchAll(/cus_a|cus_b|v1\/nope/g)].map(([found]) => found);
    expect(messages).toEqual(['cus_a', 'cus_b', 'v1/nope']);
  });

  test('of any kind leave it alive', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 100 }).map((array) => Buffer.from(array)),
      fc
        .array(
          fc.constantFrom(
            'GET',
            'POST',
            ' ',
            '/v1/customers',
            'HTTP/1.1',
            '\r\n',
            ':',
            head,
            '\0',
            '1',
          ),
          { maxLength: 15 },
        )
        .map((parts) => Buffer.from(parts.join(''))),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        const answer = await target.write(body, 20);
        if (answer !== '') expect(answer).toMatch(/^HTTP\/1\.1 [24]\d\d /);
      }),
      fuzz(60),
    );
    await alive();
  });
});
