import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type fc from 'fast-check';
import { expect } from 'vitest';
import type { Clock } from '../src/clock.ts';
import { createSandbox } from '../src/server.ts';

const TIMES = Number(process.env.FUZZ_TIMES ?? 1);

/**
 * How fast-check runs: `numRuns` examples in at most `seconds`. The seed is the same each time, unless
 * `FUZZ_SEED` names another; a failure prints it with the smallest example. `FUZZ_TIMES=20` looks
 * twenty times as long.
 */
export function fuzz(numRuns: number, seconds = 5): fc.Parameters<unknown> {
  return {
    seed: Number(process.env.FUZZ_SEED ?? 20_261_120),
    numRuns: numRuns * TIMES,
    interruptAfterTimeLimit: seconds * 1000 * TIMES,
  };
}
/** For tests whose examples are multiplied by `FUZZ_TIMES`. */
export const FUZZ_TIMEOUT = 30_000 * TIMES;
export const FUZZ_KEY = 'sk_test_fuzzfuzzfuzz';

export type Shot = {
  method?: string;
  path: string;
  headers?: { [name: string]: string };
  body?: string | Buffer;
  /** Sends the body in chunks, without announcing its length. */
  chunked?: boolean;
};
export type Answer = { status: number; type: string; requestId: string; text: string };

export type Target = {
  port: number;
  /** One request with the secret key, unless its headers name another; fails after five seconds. */
  fire(shot: Shot): Promise<Answer>;
  /** Fires a form. */
  post(path: string, form: string): Promise<Answer>;
  /** Writes bytes to a socket; what came back when it was closed or silent for `quietMs`. */
  write(bytes: string | Buffer, quietMs?: number): Promise<string>;
  /** How many objects were ever made, changed or removed; what is rolled back does not count. */
  changes(): number;
  close(): Promise<void>;
};

/** Time stands still, so that nothing changes by itself. */
const FROZEN: Clock = {
  now: () => Date.UTC(2026, 10, 20),
  seconds: () => Date.UTC(2026, 10, 20) / 1000,
  moveTo: () => undefined,
  onMove: () => () => undefined,
};

/** A sandbox whose clock stands still, with a second look into its database. */
export async function openTarget(): Promise<Target> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-fuzz-'));
  const sandbox = await createSandbox({ dataDir: folder, clock: FROZEN });
  const database = countChanges(join(folder, 'sandbox.sqlite'));
  const changes = database.prepare<[], { n: number }>('select n from fuzz_changes');
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const fire = async (shot: Shot): Promise<Answer> => send(agent, sandbox.port, shot);
  return {
    port: sandbox.port,
    fire,
    post: async (path, form) => fire({ method: 'POST', path, body: form }),
    write: async (bytes, quietMs) => writeRaw(sandbox.port, bytes, quietMs),
    changes: () => changes.get()?.n ?? 0,
    async close() {
      agent.destroy();
      database.close();
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A second connection to the sandbox's database, with triggers that count what becomes of objects. */
function countChanges(file: string): Database.Database {
  const database = new Database(file);
  const count = 'begin update fuzz_changes set n = n + 1; end';
  database.exec(`
    create table fuzz_changes (n integer not null);
    insert into fuzz_changes values (0);
    create trigger fuzz_insert after insert on objects ${count};
    create trigger fuzz_delete after delete on objects ${count};
    create trigger fuzz_update after update on objects
      when old.json <> new.json or old.hidden <> new.hidden or old.deleted <> new.deleted ${count};`);
  return database;
}

/** One request over HTTP to a sandbox on this machine. */
export async function send(agent: Agent, port: number, shot: Shot): Promise<Answer> {
  const body = shot.body === undefined ? undefined : Buffer.from(shot.body);
  const headers: { [name: string]: string } = {
    authorization: `Bearer ${FUZZ_KEY}`,
    ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    ...(body === undefined || shot.chunked === true
      ? {}
      : { 'content-length': String(body.byteLength) }),
    ...shot.headers,
  };
  return new Promise((resolve, reject) => {
    const { method = 'GET', path } = shot;
    const outgoing = request(
      { agent, port, host: '127.0.0.1', method, path, headers },
      (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('end', () => {
          resolve({
            status: incoming.statusCode ?? 0,
            type: incoming.headers['content-type'] ?? '',
            requestId: String(incoming.headers['request-id'] ?? ''),
            text: Buffer.concat(parts).toString('utf8'),
          });
        });
        incoming.on('error', reject);
      },
    );
    outgoing.setTimeout(5_000, () => {
      outgoing.destroy(new Error(`No answer within 5 seconds: ${method} ${path.slice(0, 200)}`));
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // The server had just closed an idle connection: nothing was asked yet.
      if (outgoing.reusedSocket && error.code === 'ECONNRESET') {
        send(agent, port, shot).then(resolve, reject);
      } else reject(error);
    });
    outgoing.end(body);
  });
}

async function writeRaw(port: number, bytes: string | Buffer, quietMs = 2_000): Promise<string> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const end = (): void => {
      socket.destroy();
      resolve(Buffer.concat(parts).toString('latin1'));
    };
    socket.setTimeout(quietMs, end);
    socket.on('data', (part: Buffer) => parts.push(part));
    socket.on('close', end);
    socket.on('error', end);
  });
}

const REFUSALS = [400, 401, 402, 403, 404, 405, 409, 413, 415];
const TYPES = ['api_error', 'card_error', 'idempotency_error', 'invalid_request_error'];
/** What a message would say that came from a fault of ours. */
const FAULTY = /TypeError|RangeError|SQLITE|is not a function|Cannot read|node:internal|\.ts:\d+/;

/**
 * Every answer is JSON: an object, or Stripe's envelope with a status that fits. Gives the error of a
 * refusal. A 500 is never right.
 */
export function judge(answer: Answer): { [field: string]: unknown } | undefined {
  const body: unknown = JSON.parse(answer.text);
  expect(answer.type).toContain('application/json');
  expect(answer.requestId).toMatch(/^req_/);
  if (answer.status === 200) {
    expect(body).toBeTypeOf('object');
    expect(body).not.toHaveProperty('error');
    return undefined;
  }
  expect(REFUSALS, answer.text).toContain(answer.status);
  const { error } = body as { error: { [field: string]: unknown } };
  expect(error.message).toBeTypeOf('string');
  expect(String(error.message)).not.toMatch(FAULTY);
  if (error.type !== undefined) expect(TYPES).toContain(error.type);
  else expect(error.code).toBeTypeOf('string');
  return error;
}

/** Fires and judges; a refusal must leave everything as it was, but for the intent that it names. */
export async function fireAndJudge(target: Target, shot: Shot): Promise<Answer> {
  const before = target.changes();
  const answer = await target.fire(shot);
  const error = judge(answer);
  if (shot.method === 'GET' || shot.method === undefined) {
    // Looking at a template makes the payment method that is shown.
    const isTemplate = /payment_methods\/(pm_card|tok)_/.test(shot.path);
    if (!isTemplate) expect(target.changes(), 'a GET changes nothing').toBe(before);
  } else if (error !== undefined && !('payment_intent' in error) && !('setup_intent' in error)) {
    expect(target.changes(), `a refusal changes nothing: ${answer.text}`).toBe(before);
  }
  return answer;
}
