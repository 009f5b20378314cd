import { createRequire } from 'node:module';
import type { StripeSync as Peer } from '@supabase/stripe-sync-engine';
import { serveJobs } from '../child-process.ts';
import { deliver } from './deliver.ts';
import type { Deliveries } from './deliver.ts';

export interface PeerJob extends Deliveries {
  databaseUrl: string;
  /** Connections of its pool. */
  connections: number;
}

// Its ES module build looks for its migrations by `__dirname`, which there is not: CommonJS it is.
const require = createRequire(import.meta.url);
const { StripeSync } = require('@supabase/stripe-sync-engine') as { StripeSync: typeof Peer };

const opened = new Map<number, Peer>();

/** The peer as its README sets it up: the event's own data, no related objects fetched. */
function peerWith({ databaseUrl, connections, secret }: PeerJob): Peer {
  const peer =
    opened.get(connections) ??
    new StripeSync({
      poolConfig: { connectionString: databaseUrl, max: connections },
      stripeSecretKey: 'sk_test_peer',
      stripeWebhookSecret: secret,
    });
  opened.set(connections, peer);
  return peer;
}

serveJobs((job: PeerJob) => {
  const peer = peerWith(job);
  return deliver(job, (body, signature) => peer.processWebhook(body, signature));
});
