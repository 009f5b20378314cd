import { Command, InvalidArgumentError, Option } from 'commander';
import { door } from './door/door.ts';
import type { DoorOptions } from './door/door.ts';
import { plantNames } from './door/plants.ts';

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

const program = new Command('faults').description(
  'Breaks everything around Onfile, repeatably, and looks whether anybody paid twice or was forgotten.',
);

program
  .command('door')
  .description('stories of charges, holds, refunds and recovery in which everything goes wrong')
  .option('--runs <n>', 'how many stories', wholeNumber, 100)
  .option('--seed <n>', 'of the first; each next one has the next', wholeNumber, 1)
  .addOption(
    new Option('--database <kind>', 'where').choices(['sqlite', 'postgres']).default('sqlite'),
  )
  .addOption(new Option('--plant <fault>', 'breaks Onfile on purpose').choices([...plantNames]))
  .action(async (options: DoorOptions) => {
    const violated = await door(options, say);
    say(`${String(options.runs)} runs, ${String(violated)} violations`);
    // A plant must be found; without one nothing must.
    process.exitCode = options.plant ? Number(violated === 0) : Number(violated > 0);
  });

await program.parseAsync();
