import { Command } from 'commander';
import { readLogin } from '@onfile/auth/read-login.ts';
import { exportPerson } from '@onfile/payments/privacy/export-person.ts';
import { exportRange } from '@onfile/payments/privacy/export-range.ts';
import { exportKinds, exportRecords } from '@onfile/payments/privacy/export-records.ts';
import type { ExportKind } from '@onfile/payments/privacy/export-records.ts';
import { withMigratedDatabase } from './open-database-runtime.ts';
import { tell } from './output.ts';
import { readMoment } from './read-moment.ts';
import { sayRefusal } from './say-refusal.ts';
import { writeLines } from './write-lines.ts';

interface Options {
  from?: string;
  to?: string;
  customer?: string;
  out?: string;
  withPersonalData?: boolean;
}

const what: Record<ExportKind, string> = {
  payments: 'amounts owed, by when they were written',
  events: 'Stripe’s events with their payloads, by when they came',
  audit: 'the audit log',
  customers: 'customers, by when they were first seen',
};

/** `onfile export …` */
export function exportCommand(program: Command): Command {
  const command = new Command('export')
    .description('write what is on record as JSON Lines; secrets and personal fields are masked')
    .copyInheritedSettings(program);
  for (const kind of exportKinds) {
    command.addCommand(exportKindCommand(kind).copyInheritedSettings(command));
  }
  return command.addCommand(exportPersonCommand().copyInheritedSettings(command));
}

function exportKindCommand(kind: ExportKind): Command {
  const command = new Command(kind)
    .description(what[kind])
    .option('--from <day>', 'from a day (of the shop’s calendar) or a moment on', readMoment)
    .option('--to <day>', 'up to and with a day, or up to a moment', readMoment)
    .option('--customer <customer>', 'only what is about one: an id, or an e-mail address')
    .option('--out <file>', 'write to a file instead of standard output');
  if (kind === 'customers') {
    command.option('--with-personal-data', 'with the addresses and names of customers');
  }
  return command.action(async (options: Options) => {
    const { customer: who = null, out } = options;
    const written = await withMigratedDatabase((runtime) => {
      const within = exportRange(options, runtime.settings.timeZone);
      const withPersonalData = options.withPersonalData === true;
      const records = exportRecords(runtime, { kind, within, who, withPersonalData });
      return sayRefusal(who ?? '', () => writeLines(records, out));
    });
    sum(command, written, out);
  });
}

function exportPersonCommand(): Command {
  const command = new Command('customer')
    .description('everything that is held about one person, as one line, for themselves')
    .argument('<customer>', 'a customer’s id, or an e-mail address: then everybody who has it')
    .option('--out <file>', 'write to a file instead of standard output');
  return command.action(async (who: string, { out }: Options) => {
    const written = await withMigratedDatabase((runtime) =>
      sayRefusal(who, async () => {
        const person = await exportPerson(runtime, { who, readLogin });
        return writeLines(one(person), out);
      }),
    );
    sum(command, written, out);
  });
}

async function* one(record: Record<string, unknown>): AsyncGenerator<Record<string, unknown>> {
  yield record;
}

/** The lines are the answer on standard output; beside a file it is how many there are. */
function sum(command: Command, written: number, out: string | undefined): void {
  if (out !== undefined) {
    tell(command, [`Wrote ${String(written)} rows to ${out}.`], { written, out });
    return;
  }
  if (command.optsWithGlobals<{ json?: boolean }>().json) {
    console.error(JSON.stringify({ ok: true, written }));
  }
}
