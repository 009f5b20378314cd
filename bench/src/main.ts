import { Command } from 'commander';
import { intakeAtScale } from './at-scale/at-scale.ts';
import { handling } from './handling/handling.ts';
import { intakePostgres, intakeSqlite } from './intake/intake.ts';
import type { Measured } from './report.ts';
import { printMeasured } from './report.ts';
import { pacing } from './pacing/pacing.ts';
import { sandbox } from './sandbox/sandbox.ts';

/** Every benchmark by its name: `pnpm bench`, `pnpm bench intake-sqlite --json`. */
const benchmarks: Record<string, (say: (line: string) => void) => Promise<Measured[]>> = {
  'intake-sqlite': intakeSqlite,
  'intake-postgres': intakePostgres,
  handling,
  'intake-at-scale': intakeAtScale,
  pacing,
  sandbox,
};

const program = new Command('bench')
  .description('Measures ratios in one run; larger is better.')
  .argument('[name]', `one of: ${Object.keys(benchmarks).join(', ')}`)
  .option('--json', 'one object a line', false)
  .action(async (name: string | undefined, options: { json: boolean }) => {
    const names = name ? [name] : Object.keys(benchmarks);
    for (const each of names) {
      const run = Object.hasOwn(benchmarks, each) ? benchmarks[each] : undefined;
      if (!run) {
        return program.error(
          `There is no benchmark "${each}": try ${Object.keys(benchmarks).join(', ')}.`,
        );
      }
      // What it is doing goes to stderr, so that --json stays one object a line.
      const measured = await run((line) => process.stderr.write(`${line}\n`));
      printMeasured(measured, options.json);
    }
  });

await program.parseAsync();
