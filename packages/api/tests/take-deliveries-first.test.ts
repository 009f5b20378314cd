import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { keepLog } from '@onfile/dev-env/keep-log.ts';
import { signEvent } from '@onfile/dev-env/sign-event.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { takeDelivery } from '@onfile/payments/webhooks/take-delivery.ts';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { takeDeliveriesFirst } from '../src/http/take-deliveries-first.ts';

describeOnBothDatabases('deliveries in front of an app', (dialect) => {
  let test: TestRuntime;
  let server: Server;
  let port: number;
  let agent: Agent;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    server = createServer((_asked, answer) => answer.end('the app'));
    takeDeliveriesFirst(server, () => test.runtime);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
    agent = new Agent({ keepAlive: true, maxSockets: 1 });
  });
  afterEach(async () => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
    await test.close();
  });

  const payload = (id: string) =>
    JSON.stringify({
      id,
      object: 'event',
      api_version: null,
      created: Math.floor(test.clock.now() / 1_000),
      livemode: false,
      type: 'customer.created',
      data: { object: { id: 'cus_1', object: 'customer' } },
    });

  const sign = (body: string) => signEvent(test, body);

  async function send(method: string, path: string, body = ''): Promise<[number, string]> {
    const headers = {
      'content-length': body.length,
      ...(body && { 'stripe-signature': sign(body) }),
    };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ port, host: '127.0.0.1', agent, method, path, headers }, resolve)
        .on('error', reject)
        .end(body);
    });
    return [answer.statusCode ?? 0, await text(answer)];
  }

  /** A connection on which a delivery's head was sent, and not its body. */
  function open(body: string, signature: string | null = sign(body)) {
    const socket = connect(port, '127.0.0.1');
    const arrived = once(server, 'request');
    const head = [
      'POST /webhooks/stripe HTTP/1.1',
      'host: shop.example',
      `content-length: ${String(body.length)}`,
      ...(signature === null ? [] : [`stripe-signature: ${signature}`]),
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    return { socket, arrived };
  }

  const storedIds = async () => {
    const rows = await test.runtime.db.selectFrom('stripeEvents').select('id').execute();
    return rows.map((row) => row.id).sort();
  };

  it('takes what is posted to the endpoint, and leaves all else to the app', async () => {
    expect(await send('POST', '/webhooks/stripe', payload('evt_1'))).toEqual([200, '']);
    expect(await send('POST', '/webhooks/stripe?from=stripe', payload('evt_2'))).toEqual([200, '']);
    for (const [method, path] of [
      ['GET', '/webhooks/stripe'],
      ['POST', '/webhooks/stripes'],
      ['POST', '/webhooks/stripe/'],
      ['POST', '/'],
    ] as const) {
      expect(await send(method, path, payload('evt_3'))).toEqual([200, 'the app']);
    }
    expect(await storedIds()).toEqual(['evt_1', 'evt_2']);
  });

  it('says no with a sentence, and takes the next of the same connection', async () => {
    const connected = vi.fn();
    server.on('connection', connected);
    expect(await send('POST', '/webhooks/stripe')).toEqual([
      400,
      'The Stripe-Signature header is missing.',
    ]);
    expect(await send('POST', '/webhooks/stripe', payload('evt_1'))).toEqual([200, '']);
    expect(connected).toHaveBeenCalledOnce();
  });

  it('says when to come again where too much is in hand', async () => {
    const bodies = Array.from({ length: 64 }, () => new PassThrough());
    const signatureHeader = 't=1,v1=0';
    const full = bodies.map((body) =>
      takeDelivery(test.runtime, { contentLength: null, signatureHeader, body: () => body }),
    );
    for (const body of bodies) body.write(Buffer.alloc(1_000_000));
    await waitUntil('all of it has arrived', () => bodies.every((one) => one.readableLength === 0));
    const answer = await fetch(`http://127.0.0.1:${String(port)}/webhooks/stripe`, {
      method: 'POST',
      body: payload('evt_1'),
      headers: { 'stripe-signature': sign(payload('evt_1')) },
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
    for (const body of bodies) body.destroy();
    await Promise.all(full);
    expect(await storedIds()).toEqual([]);
  });

  it('waits ten seconds for the rest of a body, and then for nothing of that connection', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { socket, arrived } = open(payload('evt_1'));
    socket.write('{');
    await arrived;
    vi.advanceTimersByTime(10_000);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('The body did not arrive within 10 s.');
  });

  it('answers 500 where nothing can be stored, and logs why under the request’s id', async () => {
    const { log, lines } = keepLog();
    test.runtime = { ...test.runtime, log };
    await test.runtime.db.schema.alterTable('stripeEvents').renameTo('away').execute();
    expect(await send('POST', '/webhooks/stripe', payload('evt_1'))).toEqual([500, '']);
    expect(lines).toHaveLength(1);
    const fault = JSON.parse(lines[0] ?? '{}') as { requestId: string; err: { message: string } };
    expect(fault.err.message).toContain('stripe_events');
    expect(fault.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('ends the connection with its answer once the server is to end', async () => {
    server.keepAliveTimeout = 0;
    const body = payload('evt_1');
    const { socket, arrived } = open(body);
    await arrived;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    socket.write(body);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
    await closed;
    expect(await storedIds()).toEqual(['evt_1']);
  });

  it('ends one, too, that was answered before all of its body came', async () => {
    server.keepAliveTimeout = 0;
    const { socket, arrived } = open('hello world', null);
    socket.write('hello');
    await arrived;
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    socket.write(' world');
    await closed;
  });

  it('cuts off whoever it cannot answer, and goes on', async () => {
    const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    onTestFinished(() => errors.mockRestore());
    const { runtime } = test;
    test.runtime = undefined as never;
    await expect(send('POST', '/webhooks/stripe', '')).rejects.toThrow();
    test.runtime = runtime;
    expect(await send('POST', '/webhooks/stripe', payload('evt_1'))).toEqual([200, '']);
    expect(errors).toHaveBeenCalledOnce();
  });
});
