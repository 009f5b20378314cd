import { Command, InvalidArgumentError, Option } from 'commander';
import { door } from './door/door.ts';
import type { DoorOptions } from './door/door.ts';
import { plantNames } from './door/plants.ts';
import { stormPlants, webhookStorm } from './webhook-storm/webhook-storm.ts';
import type { StormOptions } from './webhook-storm/webhook-storm.ts';
import { killWorkers } from './kill-workers/kill-workers.ts';
import type { KillWorkersOptions } from './kill-workers/kill-workers.ts';

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
  .description(
    'events come twice, in any order or never, while apps, workers and database are torn away',
  )
  .option('--events <n>', 'about how many', wholeNumber, 5_000)
  .option('--seed <n>', 'of what is lost, and of the moments', wholeNumber, 1)
  .addOption(database())
  .addOption(new Option('--plant <fault>', 'breaks Onfile on purpose').choices([...stormPlants]))
  .action(async (options: StormOptions) => {
    const { violations, ...of } = await webhookStorm(options, say);
    for (const violation of violations.slice(0, 50)) say(violation);
    say(
      `${String(of.events)} events, each told twice; killed: ${String(of.storefronts)} storefronts, ` +
        `${String(of.workers)} workers, the database ${String(of.databases)} times; ` +
        `${String(of.foundInList)} found in the list; ${String(violations.length)} violations`,
    );
    // A plant must be found; without one nothing must.
    process.exitCode = options.plant
      ? Number(violations.length === 0)
      : Number(violations.length > 0);
  });

await program.parseAsync();
