import { Command } from 'commander';
import { addStaffCommand } from './add-staff-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { driftCommand } from './drift-command.ts';
import { endpointCommand } from './endpoint-commands.ts';
import { environmentCommand } from './environment-commands.ts';
import { eraseCustomerCommand } from './erase-customer-command.ts';
import { eventsCommand } from './events-commands.ts';
import { exportCommand } from './export-command.ts';
import { migrateCommand } from './migrate-command.ts';
import { tellFailure } from './output.ts';

// `pnpm onfile …`: what operators do from a terminal. Exit codes: 0 done, 1 not done, 2 misused.
const program = new Command('onfile')
  .description('Onfile, from the terminal.')
  .option('--json', 'print one JSON object instead of sentences')
  .showHelpAfterError()
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) })
  .exitOverride((exit) => process.exit(exit.exitCode === 0 ? 0 : 2));

const staff = program.command('staff').description('the people of the admin');
program.addCommand(migrateCommand().copyInheritedSettings(program));
staff.addCommand(addStaffCommand().copyInheritedSettings(program));
const customers = program.command('customers').description('the people of the shop');
customers.addCommand(eraseCustomerCommand().copyInheritedSettings(program));
program.addCommand(exportCommand(program));
program.addCommand(doctorCommand().copyInheritedSettings(program));
program.addCommand(driftCommand().copyInheritedSettings(program));
program.addCommand(eventsCommand(program));
program.addCommand(endpointCommand(program));
program.addCommand(environmentCommand(program));

try {
  await program.parseAsync();
} catch (problem) {
  tellFailure(problem, program.opts<{ json?: boolean }>().json === true);
  process.exitCode = 1;
}
