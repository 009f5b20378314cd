import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BodyLimits } from './read-body.ts';
import { readBody } from './read-body.ts';

/** A minute: what is answered sooner, no timer has answered. */
const limits: BodyLimits = { bytes: 10, milliseconds: 60_000, takeRoom: () => true };
const parts = (...texts: string[]) => Readable.from(texts.map((text) => Buffer.from(text)));

describe('a body', () => {
  afterEach(() => void vi.useRealTimers());

  it('is read byte for byte, in however many parts it comes', async () => {
    const text = 'Zürich, 30 €'.repeat(5_000);
    const bytes = Buffer.from(text);
    const onebyone = Readable.from(Array.from(bytes, (byte) => Buffer.from([byte])));
    const read = await readBody(onebyone, { ...limits, bytes: bytes.length });
    expect(read).toEqual(bytes);
    expect(await readBody(parts(), limits)).toEqual(Buffer.alloc(0));
  });

  it('may be as long as is said, and not a byte longer', async () => {
    expect(await readBody(parts('12345', '67890'), limits)).toEqual(Buffer.from('1234567890'));
    const longer = await readBody(parts('12345', '678901'), limits);
    expect(longer).toMatchObject({ status: 413 });
    const most = { ...limits, bytes: 1_000_000 };
    expect(await readBody(Readable.from([Buffer.alloc(1_000_001)]), most)).toEqual({
      status: 413,
      message: 'The body is larger than 1 MB.',
    });
  });

  it('is answered for at once when its sender goes away or its connection breaks', async () => {
    for (const reason of [undefined, new Error('read ECONNRESET')]) {
      const body = new PassThrough();
      const read = readBody(body, limits);
      body.write('123');
      body.destroy(reason);
      expect(await read).toEqual({ status: 408, message: 'The body was cut off.' });
    }
  });

  it('may break after it was refused', async () => {
    const body = new PassThrough();
    const read = readBody(body, limits);
    body.write('12345678901');
    expect(await read).toMatchObject({ status: 413 });
    const closed = new Promise((resolve) => body.once('close', resolve));
    body.destroy(new Error('read ECONNRESET'));
    await closed;
  });

  it('leaves no timer and no reader behind', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const body = new PassThrough();
    const read = readBody(body, limits);
    expect(vi.getTimerCount()).toBe(1);
    body.end('123');
    await read;
    expect(vi.getTimerCount()).toBe(0);
    expect(body.listenerCount('data')).toBe(0);
  });

  it('takes room as it arrives, and none is read for which there is none', async () => {
    const asked: number[] = [];
    const body = parts('x'.repeat(5_000), 'x'.repeat(5_000), 'x'.repeat(90_000));
    const takeRoom = (more: number): boolean => asked.push(more) < 3;
    const read = await readBody(body, { ...limits, bytes: 1_000_000, takeRoom });
    expect(read).toMatchObject({ status: 503 });
    expect(asked).toEqual([8_192, 8_192, 83_616]);
  });

  it('that comes byte by byte takes no more memory than its length', async () => {
    const count = 990_000;
    let peak = 0;
    const server = createServer((request, response) => {
      let seen = 0;
      // Now and then only: what is measured is what is held, not what was just let go.
      request.on('data', () => {
        seen += 1;
        if (seen % 10_000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed);
      });
      const most = { ...limits, bytes: 1_000_000 };
      void readBody(request, most).then((read) =>
        response.end(Buffer.isBuffer(read) ? String(read.length) : read.message),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const before = process.memoryUsage().heapUsed;
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const head =
      'POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n';
    socket.write(`${head}${'1\r\nx\r\n'.repeat(count)}0\r\n\r\n`);
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    server.close();
    expect(answer).toContain(`\r\n${String(count)}`);
    // Kept as so many buffers it is more than twice that.
    expect((peak - before) / 1_000_000).toBeLessThan(100);
  });
});
