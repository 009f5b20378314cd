import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Measured } from '../report.ts';
import { median } from '../report.ts';
import type { Load, LoadResult } from './load-client.ts';
import { sandboxCalls } from './sandbox-calls.ts';
import type { SandboxCall } from './sandbox-calls.ts';

const connections = 16;
const warmUpRequests = 3_000;
const requestsARound = 1_500;
const rounds = 5;

const child = (file: string): ChildProcess =>
  fork(new URL(file, import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });

/** The sandbox as `pnpm sandbox` runs it, on a disk of its own. */
async function startSandbox(folder: string): Promise<{ url: string; stop: () => void }> {
  const main = fileURLToPath(import.meta.resolve('@onfile/stripe-sandbox/main.ts'));
  const sandbox = fork(main, {
    env: { ...process.env, SANDBOX_PORT: '0', SANDBOX_RATE_LIMITS: 'off', ONFILE_DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [line] = (await once(sandbox.stdout ?? sandbox, 'data')) as [Buffer];
  const url = /http:\/\/\S+/.exec(line.toString())?.[0];
  if (!url) throw new Error(`The sandbox did not say where it is: ${line.toString()}`);
  return { url, stop: () => sandbox.kill() };
}

async function startBare(): Promise<{ url: string; stop: () => void }> {
  const server = child('./bare-server.ts');
  const [{ port }] = (await once(server, 'message')) as [{ port: number }];
  return { url: `http://127.0.0.1:${String(port)}`, stop: () => server.kill() };
}

async function measure(client: ChildProcess, load: Load): Promise<LoadResult> {
  client.send(load);
  const [result] = (await once(client, 'message')) as [LoadResult];
  if (result.refused > 0) throw new Error(`${String(result.refused)} requests were refused`);
  return result;
}

/**
 * Calls to the sandbox, each as a share of a bare `node:http` server that answers a fixed JSON of the
 * same size. Servers and client are processes of their own; both servers are warmed; rounds alternate,
 * and the ratio is the median of the rounds' ratios.
 */
export async function sandbox(say: (line: string) => void): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'onfile-bench-'));
  const ours = await startSandbox(folder);
  const bare = await startBare();
  const client = child('./load-client.ts');
  try {
    const { calls, secretKey, lengthOf } = await sandboxCalls(ours.url);
    const measured: Measured[] = [];
    for (const call of calls) {
      // Lists are as long as they will be once there is something to list.
      const warmUp = loadOf(call, `${ours.url}${call.path}`, secretKey);
      await measure(client, { ...warmUp, count: warmUpRequests });
      const length = await lengthOf(call);
      const other = loadOf(call, `${bare.url}/${String(length)}`, secretKey);
      await measure(client, { ...other, count: warmUpRequests });
      measured.push(await compare(client, call.name, warmUp, other, say));
    }
    return measured;
  } finally {
    client.disconnect();
    bare.stop();
    ours.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function loadOf(call: SandboxCall, url: string, secretKey: string): Load {
  const { method, body } = call;
  return { url, method, body, secretKey, connections, count: requestsARound };
}

async function compare(
  client: ChildProcess,
  name: string,
  oursLoad: Load,
  otherLoad: Load,
  say: (line: string) => void,
): Promise<Measured> {
  const ours: LoadResult[] = [];
  const other: LoadResult[] = [];
  const sides = [
    { name: 'sandbox', load: oursLoad, results: ours },
    { name: 'bare', load: otherLoad, results: other },
  ];
  for (let round = 1; round <= rounds; round += 1) {
    for (const side of round % 2 === 0 ? sides : [...sides].reverse()) {
      const result = await measure(client, side.load);
      side.results.push(result);
      const rate = `${result.requestsPerSecond.toFixed(0)} requests/s`;
      say(`sandbox, ${name}, round ${String(round)} of ${String(rounds)}, ${side.name}: ${rate}`);
    }
  }
  const rate = (results: LoadResult[]): number => median(results.map((r) => r.requestsPerSecond));
  const times = (side: string, results: LoadResult[]): string =>
    `${side} p50 ${median(results.map((r) => r.p50Ms)).toFixed(1)} ms, ` +
    `p99 ${median(results.map((r) => r.p99Ms)).toFixed(1)} ms`;
  return {
    name: `sandbox: ${name}`,
    ratio: median(
      ours.map((one, at) => one.requestsPerSecond / (other[at]?.requestsPerSecond ?? Number.NaN)),
    ),
    ours: rate(ours),
    other: rate(other),
    unit: 'requests/s',
    notes: [times('sandbox', ours), times('bare node:http', other)],
  };
}
