import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Stripe from 'stripe';
import { startConstellation } from '@onfile/dev-env/constellation.ts';
import { withRuntime } from '@onfile/dev-env/with-runtime.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { startDurablePostgres } from '../durable-postgres.ts';
import type { Measured } from '../report.ts';
import { againstPeer } from './against-peer.ts';
import { makeCharges } from './made-charges.ts';
import type { OurSide } from './our-side.ts';
import { startOurSide } from './our-side.ts';
import { shuffled } from './shuffled.ts';

/** What both comparisons of handling work with. */
export interface Bench {
  runtime: Runtime;
  ours: OurSide;
  events: Stripe.Event[];
  secret: string;
  /** An empty database on the server that ours is on. */
  createDatabase(name: string): Promise<string>;
  /** Writes events to a file, one a line. */
  write(name: string, events: Stripe.Event[]): Promise<string>;
  /** How many requests the sandbox has had. */
  countCalls(): Promise<number>;
  say(line: string): void;
}

/**
 * Intake and handling together, on a PostgreSQL that flushes its commits: against
 * `@supabase/stripe-sync-engine`, and with each of 10,000 events twice, in any order.
 */
export async function handling(say: (line: string) => void): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'onfile-bench-'));
  const postgres = await startDurablePostgres();
  const shop = await startConstellation({
    children: ['sandbox'],
    databaseUrl: await postgres.createDatabase('onfile'),
    env: { LOG_LEVEL: 'warn' },
  });
  try {
    return await withRuntime(shop, async (runtime) => {
      const events = await makeCharges(shop, runtime, (line) => say(`handling: ${line}`));
      const ours = await startOurSide(runtime, shop.env);
      const bench: Bench = {
        runtime,
        ours,
        events,
        secret: shop.env['STRIPE_WEBHOOK_SECRET'] ?? '',
        createDatabase: (name) => postgres.createDatabase(name),
        write: async (name, lines) => {
          const file = join(folder, name);
          await writeFile(file, lines.map((event) => `${JSON.stringify(event)}\n`).join(''));
          return file;
        },
        countCalls: async () => (await shop.control.requests()).length,
        say: (line) => say(`handling: ${line}`),
      };
      try {
        return [...(await againstPeer(bench)), await shuffled(bench)];
      } finally {
        await ours.stop();
      }
    });
  } finally {
    await shop.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
