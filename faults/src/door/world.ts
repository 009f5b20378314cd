import pino from 'pino';
import type Stripe from 'stripe';
import type { Tx } from '@onfile/db/database.ts';
import type { HoldEnd } from '@onfile/db/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { movableClock } from '@onfile/dev-env/movable-clock.ts';
import type { MovableClock } from '@onfile/dev-env/movable-clock.ts';
import { sandboxControl } from '@onfile/dev-env/sandbox-control.ts';
import type { SandboxControl } from '@onfile/dev-env/sandbox-control.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import type { OnFile } from '@onfile/dev-env/save-card.ts';
import { oweLater } from '@onfile/dev-env/schedule-balance.ts';
import type { TestDatabase } from '@onfile/dev-env/template-database.ts';
import { testSettings } from '@onfile/dev-env/test-settings.ts';
import { ownGuard } from '@onfile/dev-env/own-guard.ts';
import { closeRuntime, openRuntime } from '@onfile/payments/runtime.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { createSandbox } from '@onfile/stripe-sandbox/server.ts';
import { mortal } from './mortal.ts';
import type { Mortal } from './mortal.ts';
import type { Plant } from './plants.ts';
import type { Story } from './steps.ts';
import { deliver } from './tell-events.ts';

/** A shop with two customers and what they owe, its sandbox, and its clock. */
export interface World {
  /** Of somebody who only looks on, and never dies. */
  runtime: Runtime;
  sandbox: { url: string };
  control: SandboxControl;
  clock: MovableClock;
  onFile: OnFile[];
  /** Pages of Stripe's that were opened to pay, by Session. */
  pages: string[];
  /** Errors that are neither a refusal nor a death: faults of ours. */
  oddities: string[];
  /** Starts a process, which dies at its n-th statement or call; null: it lives. */
  process(lives: number | null): Mortal;
  /** An event of Stripe's reaches the shop. */
  deliver(event: Stripe.Event): Promise<void>;
  close(): Promise<void>;
}

const hourMs = 60 * 60 * 1000;

/** Two amounts and a hold of each customer, due soon after each other. */
const debts = [
  { amountMinor: 4_500, inMs: 0, isHold: false },
  { amountMinor: 12_000, inMs: 24 * hourMs, isHold: false },
  { amountMinor: 9_000, inMs: hourMs, isHold: true },
];

export async function openWorld(
  story: Story,
  database: TestDatabase,
  plant?: Plant,
): Promise<World> {
  const clock = movableClock();
  const sandbox = await createSandbox({ clock });
  const runtime = openRuntime(testSettings(database.location, sandbox.url), {
    name: 'observer',
    clock,
    log: pino({ level: 'silent' }),
    guard: ownGuard(),
  });
  const onFile: OnFile[] = [];
  for (const [at, card] of story.cards.entries()) {
    const on = await saveCard({ runtime, sandbox }, `shopper-${String(at)}`, card);
    onFile.push(on);
    await inTransaction(runtime.db, (tx) =>
      oweAll(tx, runtime, { on, holdEnd: at === 0 ? 'renew' : 'capture' }),
    );
  }
  let names = 0;
  const world: World = {
    runtime,
    sandbox,
    control: sandboxControl(sandbox.url),
    clock,
    onFile,
    pages: [],
    oddities: [],
    process(lives) {
      const born = mortal(runtime, `process-${String((names += 1))}`, lives);
      return plant?.spoil ? { ...born, runtime: plant.spoil(born.runtime) } : born;
    },
    deliver: (event) => (plant?.deliver ?? deliver)(world, event),
    async close() {
      await sandbox.close();
      await closeRuntime(runtime);
      await database.remove();
    },
  };
  return world;
}

async function oweAll(
  tx: Tx,
  runtime: Runtime,
  by: { on: OnFile; holdEnd: HoldEnd },
): Promise<void> {
  for (const { amountMinor, inMs, isHold } of debts) {
    await oweLater(tx, runtime, by.on, {
      amountMinor,
      currency: 'usd',
      reason: isHold ? 'Deposit for a camera' : 'Balance of a workshop',
      dueAt: runtime.clock.now() + inMs,
      ...(isHold && { holdEnd: by.holdEnd }),
    });
  }
}
