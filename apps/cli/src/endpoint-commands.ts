import { Command } from 'commander';
import type { EndpointReport } from '@onfile/payments/webhooks/endpoint/check-endpoint.ts';
import { checkEndpoint } from '@onfile/payments/webhooks/endpoint/check-endpoint.ts';
import type { Mended } from '@onfile/payments/webhooks/endpoint/mend-endpoint.ts';
import { createEndpoint, mendEndpoint } from '@onfile/payments/webhooks/endpoint/mend-endpoint.ts';
import { withStripe } from './open-database-runtime.ts';
import { operator } from './operator.ts';
import { tell } from './output.ts';
import { sayRefusal } from './say-refusal.ts';

/** `onfile endpoint …` */
export function endpointCommand(program: Command): Command {
  const command = new Command('endpoint')
    .description('the webhook endpoint at Stripe')
    .copyInheritedSettings(program);
  const check = new Command('check')
    .description('is it ours, enabled, with every type and our version; exit code 1 when not')
    .action(async (_options: unknown, self: Command) => {
      const report = await withStripe((runtime) => sayRefusal('', () => checkEndpoint(runtime)));
      tell(self, sayReport(report), { ...report });
      if (report.problems.length > 0) process.exitCode = 1;
    });
  const mend = new Command('mend')
    .description('enable it, with every type that is listened to')
    .action(async (_options: unknown, self: Command) => {
      const mended = await withStripe((runtime) =>
        sayRefusal('', () => mendEndpoint(runtime, operator())),
      );
      tellMended(self, mended);
    });
  const create = new Command('create')
    .description('make it where there is none, or one of our version beside an older one')
    .action(async (_options: unknown, self: Command) => {
      const mended = await withStripe((runtime) =>
        sayRefusal('', () => createEndpoint(runtime, operator())),
      );
      tellMended(self, mended);
    });
  for (const one of [check, mend, create]) command.addCommand(one.copyInheritedSettings(command));
  return command;
}

function tellMended(command: Command, { done, secret, report }: Mended): void {
  const did: Record<Mended['done'], string> = {
    nothing: 'Nothing was changed.',
    updated: 'The endpoint was mended.',
    created: 'The endpoint was made.',
    version_kept: 'Only another endpoint can have our version: run "pnpm onfile endpoint create".',
  };
  const sentences = [did[done]];
  if (secret) {
    sentences.push(
      `Its signing secret, shown only now: ${secret}`,
      'Set STRIPE_WEBHOOK_SECRET to it; while an older endpoint still sends, to both: whsec_new,whsec_old.',
    );
  }
  tell(command, [...sentences, ...sayReport(report)], {
    done,
    ...(secret && { secret }),
    ...report,
  });
  if (report.problems.length > 0) process.exitCode = 1;
}

/** What is wrong with it, and what to do. */
export function sayReport(report: EndpointReport): string[] {
  const words: Record<EndpointReport['problems'][number], string> = {
    missing: `Stripe sends nothing to ${report.url}: run "pnpm onfile endpoint create".`,
    disabled: 'The endpoint is disabled at Stripe: run "pnpm onfile endpoint mend".',
    types_missing:
      `The endpoint does not send ${report.missingTypes.join(', ')}: ` +
      'run "pnpm onfile endpoint mend".',
    version_differs:
      `The endpoint sends version ${report.endpoint?.apiVersion ?? 'of the account'}, and ` +
      `${report.wantedVersion} is read here: run "pnpm onfile endpoint create", then remove the older one.`,
    several: 'More than one endpoint sends to this URL: remove the older one once the newer works.',
  };
  if (report.problems.length > 0) return report.problems.map((problem) => words[problem]);
  const silent = report.types.filter((type) => type.lastReceivedAt === null).length;
  return [
    `Stripe sends all ${String(report.types.length)} types to ${report.url}.`,
    ...(silent > 0 ? [`Of ${String(silent)} of them none has come yet.`] : []),
  ];
}
