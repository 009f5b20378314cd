import { createServer } from 'node:http';
import { connect } from '@onfile/db/connect.ts';
import { groupCommit } from '@onfile/db/group-commit.ts';
import { migrateToLatest } from '@onfile/db/migrate.ts';
import type { ReceivedEvent } from '@onfile/db/tables/stripe-events.ts';
import { insertEvents } from '@onfile/db/tables/stripe-events.ts';
import Stripe from 'stripe';

// What the storefront's endpoint is measured against: bare node:http that verifies with the same
// SDK, stores in the same table by the same statement and the same group commit, and answers. What
// is left out is SvelteKit, and every check of ours but the signature.
const { DATABASE_FILE = '', WEBHOOK_SECRET = '' } = process.env;

const stripe = new Stripe('sk_test_benchmark');
const db = connect({ kind: 'sqlite', file: DATABASE_FILE });
await migrateToLatest(db);
const inbox = groupCommit<ReceivedEvent>((events) => insertEvents(db, events), 500);

function received(payload: string, event: Stripe.Event): ReceivedEvent {
  return {
    id: event.id,
    type: event.type,
    apiVersion: event.api_version,
    objectId: (event.data.object as { id: string }).id,
    stripeCreatedAt: event.created * 1000,
    payload,
    receivedAt: Date.now(),
  };
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const payload = Buffer.concat(chunks).toString('utf8');
    const signature = String(request.headers['stripe-signature'] ?? '');
    let event: Stripe.Event;
    try {
      event = stripe.webhooks.constructEvent(payload, signature, WEBHOOK_SECRET);
    } catch {
      response.writeHead(400).end();
      return;
    }
    void inbox.add(received(payload, event)).then(() => response.writeHead(200).end());
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});
process.once('disconnect', () => process.exit(0));
