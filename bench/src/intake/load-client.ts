import { Agent, request } from 'node:http';
import { serveJobs } from '../child-process.ts';
import type { SignedEvent } from './signed-events.ts';
import { signedEvents } from './signed-events.ts';

/** What the parent asks this process to send, and what it answers. */
export interface Load {
  url: string;
  secret: string;
  prefix: string;
  count: number;
  connections: number;
}

export interface LoadResult {
  eventsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  refused: number;
}

function send(agent: Agent, url: URL, event: SignedEvent): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(event.body),
          'stripe-signature': event.signature,
        },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    call.on('error', reject);
    call.end(event.body);
  });
}

async function run(load: Load): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
  const events = signedEvents(load.count, load.secret, load.prefix);
  const url = new URL(load.url);
  const tookMs: number[] = [];
  let next = 0;
  let refused = 0;
  const startedAt = performance.now();
  const connection = async (): Promise<void> => {
    for (let event = events[next++]; event; event = events[next++]) {
      const sentAt = performance.now();
      if ((await send(agent, url, event)) !== 200) refused += 1;
      tookMs.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: load.connections }, connection));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  tookMs.sort((a, b) => a - b);
  const at = (share: number): number => tookMs[Math.floor(tookMs.length * share)] ?? Number.NaN;
  return { eventsPerSecond: load.count / seconds, p50Ms: at(0.5), p99Ms: at(0.99), refused };
}

serveJobs(run);
