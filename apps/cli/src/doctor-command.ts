import { Command } from 'commander';
import { currentStanding } from '@onfile/payments/environment/guard.ts';
import { sayStanding } from '@onfile/payments/environment/say-standing.ts';
import { checkInvariants } from '@onfile/payments/invariants/check-invariants.ts';
import { Refusal } from '@onfile/payments/refusal.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { checkEndpoint } from '@onfile/payments/webhooks/endpoint/check-endpoint.ts';
import { checkInbox } from '@onfile/payments/webhooks/check-inbox.ts';
import { sayReport } from './endpoint-commands.ts';
import { withAnyStripe } from './open-database-runtime.ts';
import { tell } from './output.ts';

interface Check {
  name: 'environment' | 'endpoint' | 'inbox' | 'invariants';
  isWell: boolean;
  sentences: string[];
}

/** `onfile doctor` */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('look at everything that can be wrong; exit code 1 when something is')
    .action(async (_options: unknown, command: Command) => {
      const checks = await withAnyStripe(async (runtime) => [
        await checkStanding(runtime),
        await checkStripesEndpoint(runtime),
        await checkEvents(runtime),
        await checkRows(runtime),
      ]);
      const sentences = checks.flatMap((check) =>
        check.sentences.map((sentence) => `${check.isWell ? '✓' : '✗'} ${sentence}`),
      );
      tell(command, sentences, { isWell: checks.every((check) => check.isWell), checks });
      if (!checks.every((check) => check.isWell)) process.exitCode = 1;
    });
}

async function checkStanding(runtime: Runtime): Promise<Check> {
  const standing = await currentStanding(runtime);
  const isWell = standing.kind === 'own';
  return { name: 'environment', isWell, sentences: [sayStanding(standing)] };
}

async function checkStripesEndpoint(runtime: Runtime): Promise<Check> {
  try {
    const report = await checkEndpoint(runtime);
    const isWell = report.problems.length === 0;
    return { name: 'endpoint', isWell, sentences: sayReport(report) };
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    const sentence =
      problem.code === 'stripe_unavailable'
        ? 'Stripe did not answer.'
        : 'The Stripe key may not read webhook endpoints: look at yours in the Dashboard.';
    return { name: 'endpoint', isWell: false, sentences: [sentence] };
  }
}

async function checkEvents(runtime: Runtime): Promise<Check> {
  const { health, isWell } = await checkInbox(runtime);
  const dead =
    health.dead > 0
      ? [`${String(health.dead)} events could not be handled: see the admin's events.`]
      : [];
  const oldest = health.oldestWaitingAt;
  const since = oldest === null ? '' : `, the oldest since ${new Date(oldest).toISOString()}`;
  return {
    name: 'inbox',
    isWell,
    sentences: [`${String(health.waiting)} events wait to be handled${since}.`, ...dead],
  };
}

async function checkRows(runtime: Runtime): Promise<Check> {
  const reports = await checkInvariants(runtime);
  const broken = reports.filter((report) => report.broken.length > 0);
  return {
    name: 'invariants',
    isWell: broken.length === 0,
    sentences:
      broken.length === 0
        ? [`All ${String(reports.length)} invariants hold.`]
        : broken.map(({ name, broken: rows }) => `${name} is broken by ${rows.join(', ')}.`),
  };
}
