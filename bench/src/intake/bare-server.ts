import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { groupCommit } from '@onfile/db/group-commit.ts';
import SqliteDatabase from 'better-sqlite3';

// What the storefront's endpoint is measured against: bare node:http that verifies, inserts with
// the same durability and the same group commit, and answers. No framework, no query builder.
const { DATABASE_FILE = '', WEBHOOK_SECRET = '' } = process.env;

const db = new SqliteDatabase(DATABASE_FILE);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec(`create table stripe_events (
  id text primary key, type text not null, api_version text, object_id text,
  stripe_created_at integer not null, payload text not null, received_at integer not null,
  status text not null default 'pending', next_try_at integer not null)`);
db.exec("create index pending on stripe_events (next_try_at) where status = 'pending'");
const insert = db.prepare(
  `insert into stripe_events (id, type, api_version, object_id, stripe_created_at, payload,
   received_at, next_try_at) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
);
const insertAll = db.transaction((rows: unknown[][]) => {
  for (const row of rows) insert.run(...row);
});
const inbox = groupCommit<unknown[]>((rows) => {
  insertAll(rows);
  return Promise.resolve();
}, 500);

function isSigned(body: Buffer, header: string): boolean {
  const parts = new Map(header.split(',').map((part) => part.split('=', 2) as [string, string]));
  const at = parts.get('t') ?? '';
  const ours = createHmac('sha256', WEBHOOK_SECRET).update(`${at}.`).update(body).digest();
  const theirs = Buffer.from(parts.get('v1') ?? '', 'hex');
  const isFresh = Math.abs(Date.now() / 1000 - Number(at)) <= 300;
  return isFresh && ours.length === theirs.length && timingSafeEqual(ours, theirs);
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const header = String(request.headers['stripe-signature'] ?? '');
    if (!isSigned(body, header)) {
      response.writeHead(400).end();
      return;
    }
    const text = body.toString('utf8');
    const event = JSON.parse(text) as {
      id: string;
      type: string;
      api_version: string;
      created: number;
      data: { object: { id: string } };
    };
    const now = Date.now();
    const { id, type, api_version, created } = event;
    void inbox
      .add([id, type, api_version, event.data.object.id, created * 1000, text, now, now])
      .then(() => response.writeHead(200).end('Stored.'));
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});
process.once('disconnect', () => process.exit(0));
