import { Command, Option } from 'commander';
import { exportRange } from '@onfile/payments/privacy/export-range.ts';
import { followBackFill } from '@onfile/payments/webhooks/back-fill/follow-back-fill.ts';
import { requestBackFill } from '@onfile/payments/webhooks/back-fill/plan-back-fill.ts';
import { replayEvents } from '@onfile/payments/webhooks/replay-events.ts';
import { withMigratedDatabase, withStripe } from './open-database-runtime.ts';
import { operator } from './operator.ts';
import { CommandError, isJson, tell } from './output.ts';
import { progress } from './progress.ts';
import { readMoment } from './read-moment.ts';
import { sayRefusal } from './say-refusal.ts';

interface Choice {
  type?: string;
  status?: 'dead' | 'handled' | 'ignored';
  from?: string;
  to?: string;
}

/** `onfile events …` */
export function eventsCommand(program: Command): Command {
  const command = new Command('events')
    .description('what Stripe has told, and what it has not')
    .copyInheritedSettings(program);
  command.addCommand(replayCommand().copyInheritedSettings(command));
  command.addCommand(backFillCommand().copyInheritedSettings(command));
  return command;
}

function replayCommand(): Command {
  return new Command('replay')
    .description('handle stored events once more: by their ids, or all that a choice names')
    .argument('[ids...]', 'evt_…')
    .option('--type <type>', 'all of a type, such as payment_intent.succeeded')
    .addOption(
      new Option('--status <status>', 'all that ended so').choices(['dead', 'handled', 'ignored']),
    )
    .option('--from <moment>', 'that came from a day or a moment on', readMoment)
    .option('--to <moment>', 'that came up to and with a day, or up to a moment', readMoment)
    .action(async (ids: string[], options: Choice, command: Command) => {
      const isChosen = Object.keys(options).length > 0;
      if (ids.length === 0 && !isChosen) {
        throw new CommandError('Name events, or choose them by --type, --status, --from or --to.');
      }
      const count = await withMigratedDatabase((runtime) => {
        const { from, to } = exportRange(options, runtime.settings.timeZone);
        const { type = null, status = null } = options;
        const which = { ...(ids.length > 0 && { ids }), type, status, from, to };
        return replayEvents(runtime, { which, actor: operator() });
      });
      tell(command, [`${String(count)} events will be handled once more by the worker.`], {
        count,
      });
    });
}

function backFillCommand(): Command {
  return new Command('back-fill')
    .description('read Stripe’s list of events from a moment on, and keep what never came')
    .requiredOption('--from <moment>', 'a day or a moment, at most 30 days back', readMoment)
    .action(async ({ from }: { from: string }, command: Command) => {
      const run = await withStripe(async (runtime) => {
        const at = exportRange({ from }, runtime.settings.timeZone).from ?? 0;
        const asked = { from: at, actor: operator() };
        const { id } = await sayRefusal('', () => requestBackFill(runtime, asked));
        const line = progress(isJson(command));
        const done = await followBackFill(runtime, id, ({ seen, missed, lastError }) =>
          line.show(
            lastError
              ? `Stripe does not answer (${lastError}): asked again soon.`
              : `${String(seen)} events read, ${String(missed)} of them new …`,
          ),
        );
        line.end();
        return done;
      });
      const { id, seen, missed, lastError } = run;
      const sentence = `Read ${String(seen)} events of Stripe's list: ${String(missed)} had never come.`;
      const cut = lastError ? [`It was not read to its end: ${lastError}.`] : [];
      tell(command, [sentence, ...cut], { id, seen, missed, ...(lastError && { lastError }) });
      if (lastError) process.exitCode = 1;
    });
}
