import { Agent, createServer, request } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { keepLog } from '@onfile/dev-env/keep-log.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
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

  const sign = (body: string) =>
    test.runtime.stripe.webhooks.generateTestHeaderString({
      payload: body,
      secret: test.runtime.settings.stripe.webhookSecrets[0] ?? '',
      timestamp: Math.floor(test.clock.now() / 1_000),
    });

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
    expect(await send('POST', '/webhooks/stripe')).toEqual([
      400,
      'The Stripe-Signature header is missing.',
    ]);
    expect(await send('POST', '/webhooks/stripe', payload('evt_1'))).toEqual([200, '']);
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
    const socket = connect(port, '127.0.0.1');
    const arrived = new Promise<void>((resolve) => server.once('request', () => resolve()));
    const head = [
      'POST /webhooks/stripe HTTP/1.1',
      'host: shop.example',
      `content-length: ${String(body.length)}`,
      `stripe-signature: ${sign(body)}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    await arrived;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    socket.write(body);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
    await closed;
    expect(await storedIds()).toEqual(['evt_1']);
  });
});
