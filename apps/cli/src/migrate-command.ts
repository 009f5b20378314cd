import { Command } from 'commander';
import { migrateAuth } from '@onfile/auth/migrate-auth.ts';
import { migrateToLatest } from '@onfile/db/migrate.ts';
import { withDatabase } from './open-database-runtime.ts';
import { tell } from './output.ts';

/** `onfile migrate` */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the database to the newest migration')
    .action(async (_options: unknown, command: Command) => {
      const ran = await withDatabase(async (runtime) => {
        const names = await migrateToLatest(runtime.db);
        await migrateAuth(runtime);
        return names;
      });
      const sentence =
        ran.length === 0
          ? 'The database is at the newest migration.'
          : `Ran ${ran.join(', ')}. The database is at the newest migration.`;
      tell(command, [sentence], { ran });
    });
}
