import { Command, InvalidArgumentError, Option } from 'commander';
import { door } from './door/door.ts';
import type { DoorOptions } from './door/door.ts';
import { plantNames } from './door/plants.ts';
import { killWorkers } from './kill-workers/kill-workers.ts';
import type { KillWorkersOptions } from './kill-workers/kill-workers.ts';
import { stormPlantNames } from './webhook-storm/plants.ts';
import { webhookStorm } from './webhook-storm/webhook-storm.ts';
import type { WebhookStormOptions } from './webhook-storm/webhook-storm.ts';

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new InvalidArgumentError('must be a whole number');
  }
  return number;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function database(): Option {
  return new Option('--database <kind>', 'where').choices(['sqlite', 'postgres']).default('sqlite');
}

const program = new Command('faults').description(
  'Breaks everything around Onfile, repeatably, and looks whether anybody paid twice or was forgotten.',
);

program
  .command('door')
  .description('stories of charges, holds, refunds and recovery in which everything goes wrong')
  .option('--runs <n>', 'how many stories', wholeNumber, 100)
  .option('--seed <n>', 'of the first; each next one has the next', wholeNumber, 1)
  .addOption(database())
  .addOption(new Option('--plant <fault>', 'breaks Onfile on purpose').choices([...plantNames]))
  .action(async (options: DoorOptions) => {
    const violated = await door(options, say);
    say(`${String(options.runs)} runs, ${String(violated)} violations`);
    // A plant must be found; without one nothing must.
    process.exitCode = options.plant ? Number(violated === 0) : Number(violated > 0);
  });

program
  .command('kill-workers')
  .description('payments fall due while worker processes are killed at random moments')
  .option('--payments <n>', 'how many', wholeNumber, 500)
  .option('--seed <n>', 'of the moments', wholeNumber, 1)
  .addOption(database())
  .action(async (options: KillWorkersOptions) => {
    const { kills, once, moreThanOnce, open } = await killWorkers(options, say);
    say(
      `${String(options.payments)} payments, ${String(kills)} workers killed: ${String(once)} charged once, ` +
        `${String(moreThanOnce)} more than once, ${String(open)} not`,
    );
    process.exitCode = Number(once !== options.payments);
  });

program
  .command('webhook-storm')
  .description('events arrive twice and shuffled while storefront, workers and database are struck')
  .option('--events <n>', 'how many', wholeNumber, 5_000)
  .option('--seed <n>', 'of the acts and the blows', wholeNumber, 1)
  .addOption(database())
  .addOption(
    new Option('--plant <fault...>', 'breaks Onfile on purpose').choices([...stormPlantNames]),
  )
  .action(async (options: WebhookStormOptions) => {
    const { events, sent, taken, dropped, kills, backFilled, violations } = await webhookStorm(
      options,
      say,
    );
    for (const line of violations.slice(0, 100)) say(line);
    say(
      `${String(events)} events, ${String(sent)} deliveries seen, ${String(taken)} taken, ` +
        `${String(dropped)} events never sent; killed: storefront ${String(kills.storefront)}, ` +
        `workers ${String(kills.worker)}; database cut off ${String(kills.database)} times; ` +
        `${String(backFilled)} found by back-fill; ${String(violations.length)} violations`,
    );
    // A plant must be found; without one nothing must.
    process.exitCode = options.plant
      ? Number(violations.length === 0)
      : Number(violations.length > 0);
  });

await program.parseAsync();
