import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = { signature: string; body: string };

export type Listener = {
  url: string;
  received: Received[];
  types(): string[];
  close(): Promise<void>;
};

/** A listener that answers with the given statuses in turn, the last one for ever. */
export async function openListener(statuses: number[] = [200]): Promise<Listener> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const signature = String(request.headers['stripe-signature']);
      received.push({ signature, body: Buffer.concat(parts).toString('utf8') });
      response.statusCode = statuses[Math.min(received.length, statuses.length) - 1] ?? 200;
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/webhooks`,
    received,
    types: () => received.map(({ body }) => (JSON.parse(body) as { type: string }).type),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
