import { Agent, request } from 'node:http';

/** What the parent asks this process to send: one call, over and over. */
export interface Load {
  url: string;
  method: 'GET' | 'POST';
  secretKey: string;
  /** A form body. */
  body: string;
  count: number;
  connections: number;
}

export interface LoadResult {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  refused: number;
}

function send(agent: Agent, load: Load): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(
      load.url,
      {
        agent,
        method: load.method,
        headers: {
          authorization: `Bearer ${load.secretKey}`,
          ...(load.method === 'POST' && {
            'content-type': 'application/x-www-form-urlencoded',
            'content-length': Buffer.byteLength(load.body),
          }),
        },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    call.on('error', reject);
    call.end(load.method === 'POST' ? load.body : undefined);
  });
}

async function run(load: Load): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
  const tookMs: number[] = [];
  let left = load.count;
  let refused = 0;
  const startedAt = performance.now();
  const connection = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const sentAt = performance.now();
      if ((await send(agent, load)) !== 200) refused += 1;
      tookMs.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: load.connections }, connection));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  tookMs.sort((a, b) => a - b);
  const at = (share: number): number => tookMs[Math.floor(tookMs.length * share)] ?? Number.NaN;
  return { requestsPerSecond: load.count / seconds, p50Ms: at(0.5), p99Ms: at(0.99), refused };
}

process.on('message', (load: Load) => {
  void run(load).then((result) => process.send?.(result));
});
process.once('disconnect', () => process.exit(0));
