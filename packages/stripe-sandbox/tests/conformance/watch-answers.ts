import type Stripe from 'stripe';
import { afterAll, afterEach, expect } from 'vitest';
import type { Sandbox } from '../../src/server.ts';
import { checkAnswer } from './check-answer.ts';

type ResponseEvent = Stripe.ResponseEvent & { body?: unknown };

/** The API but for what only the sandbox's own pages call. */
const TYPED = / \/v[12]\/(?!payment_pages\/|elements\/)/;

/** What was wrong with the answers since the last test ended, with the call that got it. */
const problems = new Set<string>();

// In the file that imports this, each test fails for its own calls. Hooks that end later than the file's
// own: by then its sandbox is closed, and the events in it are checked.
afterEach(reportProblems);
afterAll(reportProblems);

function reportProblems(): void {
  const found = [...problems];
  problems.clear();
  expect(found, "answers that don't fit the SDK's types").toEqual([]);
}

/**
 * Holds a 2xx answer against the SDK's declarations; the running test fails when it does not fit. Answers
 * to a publishable key are left out: they have fewer fields, and the SDK doesn't say which.
 */
export function watchAnswer(call: string, key: string, status: number, body: unknown): void {
  if (status > 299 || key.startsWith('pk_') || !TYPED.test(call)) return;
  for (const problem of checkAnswer(body)) problems.add(`${call.replace(/\?.*/, '')}: ${problem}`);
}

/** Watches every answer this client gets; it must be made with `emitEventBodies`. */
export function watchClient(stripe: Stripe, key: string): Stripe {
  // The SDK declares `on` as any, and its events without their bodies.
  const emitter: { on(name: 'response', listen: (event: ResponseEvent) => void): void } = stripe;
  emitter.on('response', (event) => {
    watchAnswer(`${event.method} ${event.path}`, key, event.status, event.body);
  });
  return stripe;
}

/** Checks every event that was written, with the object in it, when the sandbox closes. */
export function watchEvents(sandbox: Sandbox): Sandbox {
  return {
    ...sandbox,
    async close() {
      const response = await fetch(`${sandbox.url}/_sandbox/objects/event`);
      const kept = (await response.json()) as { object: Stripe.EventBase }[];
      for (const { object } of kept) watchAnswer(`${object.type} /v1/events`, '', 200, object);
      await sandbox.close();
    },
  };
}
