import { Command, Option } from 'commander';
import { addStaff } from '@onfile/auth/add-staff.ts';
import { staffRoles } from '@onfile/auth/staff-role.ts';
import type { StaffRole } from '@onfile/auth/staff-role.ts';
import { withMigratedDatabase } from './open-database-runtime.ts';
import { CommandError, tell } from './output.ts';
import { readPassword } from './read-password.ts';

interface Options {
  email: string;
  name: string;
  role: StaffRole;
  generatePassword?: boolean;
}

/** `onfile staff add` */
export function addStaffCommand(): Command {
  return new Command('add')
    .description('add someone to the admin; the password is asked for, or read from a pipe')
    .requiredOption('--email <address>', 'what they sign in with')
    .requiredOption('--name <name>', 'what the admin calls them')
    .addOption(
      new Option('--role <role>', 'what they may do').choices(staffRoles).makeOptionMandatory(),
    )
    .option('--generate-password', 'make a password and print it once')
    .action(async (options: Options, command: Command) => {
      if (!/^[^\s@]+@[^\s@]+$/.test(options.email)) {
        throw new CommandError(`--email must be an e-mail address, not "${options.email}".`);
      }
      const { password, isGenerated } = await readPassword(options.generatePassword === true);
      const { email, name, role } = options;
      const { staffId, added } = await withMigratedDatabase((runtime) =>
        addStaff(runtime, { email, name, role, password }),
      );
      if (!added) throw new CommandError(`${email} is in the admin already; nothing was changed.`);
      const sentences = [`${name} (${email}) may now sign in to the admin as ${role}.`];
      if (isGenerated) sentences.push(`Their password, shown only now: ${password}`);
      tell(command, sentences, { staffId, email, role, ...(isGenerated && { password }) });
    });
}
