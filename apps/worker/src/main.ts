import {
  checkBeforeServing,
  openProbes,
  openProcessRuntime,
} from '@onfile/payments/process-runtime.ts';
import { closeRuntime } from '@onfile/payments/runtime.ts';
import { planScheduledBackFill } from '@onfile/payments/webhooks/back-fill/plan-back-fill.ts';
import { loops } from '@onfile/payments/worker/loops.ts';
import { runLoop } from '@onfile/payments/worker/run-loop.ts';

const runtime = openProcessRuntime('worker', 'background');
const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());

await checkBeforeServing(runtime);
const probes = await openProbes(runtime);
// What came while no worker ran is asked for at once.
await planScheduledBackFill(runtime, true);
runtime.log.info({ loops: loops.map((loop) => loop.name) }, 'worker started');
// A supervisor that gave us a channel waits for this, whether or not there is a port to be asked at.
process.send?.('ready');
await Promise.all(loops.map((loop) => runLoop(runtime, loop, stop.signal)));
runtime.log.info('worker drained');
await probes?.close();
await closeRuntime(runtime);
// The channel would keep the process alive.
if (process.connected) process.disconnect();
