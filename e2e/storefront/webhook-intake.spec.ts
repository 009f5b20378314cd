import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { countInInbox, countRefusals, deliver, signatureOf } from '../fixtures/stripe-delivery.ts';
import { expect, story } from '../fixtures/story.ts';

/** Appears in the body and nowhere else. */
const newMarker = (): string => `marker${randomBytes(8).toString('hex')}`;

function eventBody(marker: string, filling = ''): string {
  return JSON.stringify({
    id: `evt_${marker}`,
    object: 'event',
    type: 'customer.updated',
    api_version: null,
    created: Math.floor(Date.now() / 1000),
    livemode: false,
    data: { object: { id: 'cus_nobody', object: 'customer', description: filling } },
  });
}

story('a signed event is stored once and answered with an empty 200', async ({ onfile }) => {
  const marker = newMarker();
  const body = eventBody(marker);
  for (const signature of [signatureOf(onfile, body), signatureOf(onfile, body, 290)]) {
    const answer = await deliver(onfile, { body, signatures: [signature] });
    expect(answer).toEqual({ status: 200, body: '' });
  }
  expect(await countInInbox(onfile, marker)).toBe(1);
});

interface BadDelivery {
  name: string;
  status: number;
  body(marker: string): string;
  signatures(onfile: Constellation, body: string): string[];
  contentType?: string;
}

const signed = (onfile: Constellation, body: string): string[] => [signatureOf(onfile, body)];
const plainEvent = (marker: string): string => eventBody(marker);

const badDeliveries: BadDelivery[] = [
  {
    name: 'a forged signature',
    status: 400,
    body: plainEvent,
    signatures: (onfile, body) => [signatureOf(onfile, `${body} `)],
  },
  {
    name: 'a signature of 301 seconds ago',
    status: 400,
    body: plainEvent,
    signatures: (onfile, body) => [signatureOf(onfile, body, 301)],
  },
  { name: 'no signature header', status: 400, body: plainEvent, signatures: () => [] },
  {
    name: 'two signature headers, both good',
    status: 400,
    body: plainEvent,
    signatures: (onfile, body) => [signatureOf(onfile, body), signatureOf(onfile, body)],
  },
  {
    name: 'a signed body that is not JSON',
    status: 400,
    body: (marker) => `not JSON: ${marker}`,
    signatures: signed,
  },
  {
    name: 'a signed form',
    status: 400,
    body: (marker) => new URLSearchParams({ id: `evt_${marker}`, object: 'event' }).toString(),
    signatures: signed,
    contentType: 'application/x-www-form-urlencoded',
  },
  {
    name: 'a signed event of a little over 1 MB',
    status: 413,
    body: (marker) => eventBody(marker, 'x'.repeat(1_000_000)),
    signatures: signed,
  },
  {
    name: 'a signed event of 2 MB',
    status: 413,
    body: (marker) => eventBody(marker, 'x'.repeat(2_000_000)),
    signatures: signed,
  },
];

for (const { name, status, contentType, ...bad } of badDeliveries) {
  story(`${name} is refused with ${status}, one log line, nothing stored`, async ({ onfile }) => {
    const marker = newMarker();
    const body = bad.body(marker);
    const before = countRefusals(onfile);
    const signatures = bad.signatures(onfile, body);
    const delivery = { body, signatures, ...(contentType && { contentType }) };
    expect(await deliver(onfile, delivery)).toMatchObject({ status });
    await expect.poll(() => countRefusals(onfile)).toBe(before + 1);
    // Whatever else this refusal might have written stands before the next one's line.
    await deliver(onfile, { body: 'no signature', signatures: [] });
    await expect.poll(() => countRefusals(onfile)).toBe(before + 2);
    expect(onfile.output('storefront')).not.toContain(marker);
    expect(await countInInbox(onfile, marker)).toBe(0);
  });
}

story('an address that only the app’s own router knows takes nothing down', async ({ onfile }) => {
  const { port } = new URL(onfile.storefrontUrl);
  const socket = connect(Number(port), '127.0.0.1');
  const head = ['POST /webhooks/%73tripe HTTP/1.1', 'host: localhost', 'content-length: 9000000'];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(String(answer)).toMatch(/^HTTP\/1\.1 4/);
  socket.destroy();
  const body = eventBody(newMarker());
  const delivery = { body, signatures: [signatureOf(onfile, body)] };
  expect(await deliver(onfile, delivery)).toEqual({ status: 200, body: '' });
});
