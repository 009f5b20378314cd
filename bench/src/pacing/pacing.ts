import { startConstellation } from '@onfile/dev-env/constellation.ts';
import type { SandboxRequest } from '@onfile/dev-env/sandbox-control.ts';
import { seedDuePayments } from '@onfile/dev-env/seed-due-payments.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { withRuntime } from '@onfile/dev-env/with-runtime.ts';
import { startWorker } from '@onfile/dev-env/worker-process.ts';
import type { Measured } from '../report.ts';

const payments = 2_000;
const workers = 2;
/** Of live Stripe, for one endpoint: each of these payments is one call to the same. */
const limitPerSecond = 25;
const path = '/v1/payment_intents';

/**
 * Due payments charged by two workers while the sandbox limits as live Stripe does: the rate that is
 * reached, as a share of what is allowed.
 */
export async function pacing(say: (line: string) => void): Promise<Measured[]> {
  const env = { LOG_LEVEL: 'warn' };
  const shop = await startConstellation({ children: ['sandbox'], env });
  const running = [];
  try {
    say(`pacing: ${String(payments)} payments fall due …`);
    await withRuntime(shop, (runtime) =>
      seedDuePayments(
        { runtime, sandbox: { url: shop.sandboxUrl } },
        { count: payments, dueAt: runtime.clock.now() },
      ),
    );
    await shop.control.limits({ rates: 'live' });
    for (let index = 0; index < workers; index += 1) {
      running.push(await startWorker({ ...shop.env, STRIPE_RATE_LIMITS: 'live' }));
    }
    let seen: SandboxRequest[] = [];
    let told = 0;
    await waitUntil(
      'all are charged',
      async () => {
        seen = await shop.control.requests({ method: 'POST', path });
        const done = seen.filter(({ status }) => status === 200).length;
        if (done >= told + 250) say(`pacing: ${String((told = done))} charged`);
        return done >= payments;
      },
      10 * 60_000,
      // Asking is work for the sandbox, too.
      1_000,
    );
    return [summarise(seen, await shop.control.objects('charge', 10_000))];
  } finally {
    await Promise.all(running.map((worker) => worker.stop()));
    await shop.stop();
  }
}

function summarise(requests: SandboxRequest[], charges: Record<string, unknown>[]): Measured {
  const done = requests.filter(({ status }) => status === 200).map(({ at }) => at);
  const first = Math.min(...done);
  const seconds = (Math.max(...done) - first) / 1_000;
  const late = requests.filter(({ status, at }) => status === 429 && at >= first + 1_000);
  const refused = requests.filter(({ status }) => status === 429);
  const ours = (done.length - 1) / seconds;
  return {
    name: 'pacing',
    ratio: ours / limitPerSecond,
    ours,
    other: limitPerSecond,
    unit: 'payments/s',
    notes: [
      `${String(done.length)} payments by ${String(workers)} workers in ${seconds.toFixed(1)} s`,
      `429: ${String(refused.length)}, after the first second ${String(late.length)}`,
      `charged more than once: ${String(charges.length - payments)}`,
    ],
  };
}
