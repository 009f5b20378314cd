import { Command } from 'commander';
import type { DriftFinding } from '@onfile/payments/drift/follow-drift.ts';
import { followDrift } from '@onfile/payments/drift/follow-drift.ts';
import { requestDrift } from '@onfile/payments/drift/plan-drift.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { withStripe } from './open-database-runtime.ts';
import { operator } from './operator.ts';
import { isJson, tell } from './output.ts';
import { progress } from './progress.ts';

interface Options {
  full?: boolean;
  repair?: boolean;
}

const whys: Record<DriftFinding['why'], string> = {
  no_event_came: 'no event of it ever came',
  event_waits: 'its event waits to be handled',
  event_is_dead: 'its event could not be handled',
  event_was_handled: 'its last event was handled before',
};

/** `onfile drift` */
export function driftCommand(): Command {
  return new Command('drift')
    .description('compare what is held here with what Stripe says; exit code 1 where they differ')
    .option('--full', 'all of it, not a sample')
    .option('--repair', 'settle what differs by what Stripe says')
    .action(async (options: Options, command: Command) => {
      const { run, found, strays } = await withStripe((runtime) =>
        compare(runtime, options, isJson(command)),
      );
      const open = found.filter((finding) => finding.repairedAt === null);
      const head =
        `${String(run.checked)} rows compared: ${String(found.length)} differ` +
        (options.repair ? `, ${String(found.length - open.length)} were repaired.` : '.');
      const { id, checked, lastError } = run;
      const cut = lastError ? [`It did not come to its end: ${lastError}.`] : [];
      const facts = { id, checked, findings: found, strays, ...(lastError && { lastError }) };
      tell(command, [head, ...cut, ...found.map(sayFinding), ...sayStrays(strays)], facts);
      if (open.length > 0 || lastError) process.exitCode = 1;
    });
}

async function compare(runtime: Runtime, options: Options, isQuiet: boolean) {
  const line = progress(isQuiet);
  const { id } = await requestDrift(runtime, {
    extent: options.full ? 'full' : 'sample',
    isRepairing: options.repair === true,
    actor: operator(),
  });
  const done = await followDrift(runtime, id, ({ step, checked, total, lastError }) => {
    const error = lastError ? ` (${lastError}: asked again soon)` : '';
    line.show(`${step}: ${String(checked)} of ${String(total)}${error} …`);
  });
  line.end();
  return done;
}

/** No drift, and not counted: whoever has restored a back-up must look at them, all others need not. */
function sayStrays(strays: DriftFinding[]): string[] {
  if (strays.length === 0) return [];
  return [
    `${String(strays.length)} more payments at Stripe bear Onfile's mark, and neither payment nor customer ` +
      'is known here: of another installation at this account, or lost with a restored back-up.',
    ...strays.map(
      ({ stripeId, subjectId, stripes, since }) =>
        `- ${stripeId} (${subjectId ?? ''}): at Stripe ${stripes ?? 'unknown'} since ${new Date(since ?? 0).toISOString()}`,
    ),
  ];
}

function sayFinding(finding: DriftFinding): string {
  const { kind, stripeId, subjectId, ours, stripes, since, why, repairedAt, repairError } = finding;
  const sides = `here ${ours ?? 'unknown'}, at Stripe ${stripes ?? 'unknown'}`;
  const when = since === null ? '' : ` since ${new Date(since).toISOString()}`;
  const repair = repairedAt ? '; repaired' : repairError ? `; not repaired: ${repairError}` : '';
  return `- ${kind}: ${stripeId} (${subjectId ?? 'no row'}): ${sides}${when}; ${whys[why]}${repair}`;
}
