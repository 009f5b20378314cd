import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Delivery = { body: string; signature: string };
export type Receiver = {
  url: string;
  /** What came, in the order it came. */
  deliveries: Delivery[];
  /** The status of the answers from now on; 200 at first. */
  answerWith(status: number): void;
  close(): Promise<void>;
};

/** A merchant's webhook receiver on a free port of this machine. */
export async function openReceiver(): Promise<Receiver> {
  const deliveries: Delivery[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const signature = request.headers['stripe-signature'];
      deliveries.push({
        body: Buffer.concat(parts).toString('utf8'),
        signature: typeof signature === 'string' ? signature : '',
      });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hooks`,
    deliveries,
    answerWith(next) {
      status = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
