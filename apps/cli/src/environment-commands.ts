import { Command, Option } from 'commander';
import { decideEnvironment } from '@onfile/payments/environment/decide-environment.ts';
import type { Verdict } from '@onfile/payments/environment/decide-environment.ts';
import { currentStanding } from '@onfile/payments/environment/guard.ts';
import { sayStanding } from '@onfile/payments/environment/say-standing.ts';
import { withAnyStripe } from './open-database-runtime.ts';
import { operator } from './operator.ts';
import { tell } from './output.ts';
import { sayRefusal } from './say-refusal.ts';

/** `onfile environment …` */
export function environmentCommand(program: Command): Command {
  const command = new Command('environment')
    .description('whether the database belongs to the Stripe keys')
    .copyInheritedSettings(program);
  const check = new Command('check')
    .description('how they stand to each other; exit code 1 when nothing is written to Stripe')
    .action(async (_options: unknown, self: Command) => {
      const standing = await withAnyStripe(currentStanding);
      tell(self, [sayStanding(standing)], { standing });
      if (standing.kind !== 'own') process.exitCode = 1;
    });
  const say = new Command('say')
    .description('say what a database is that belongs to another account, mode or address')
    .addOption(
      new Option('--it-is <verdict>', 'a copy stays silent; one that has moved is at work again')
        .choices(['copy', 'moved'])
        .makeOptionMandatory(),
    )
    .requiredOption('--account <account>', 'the account of the keys in use, acct_…')
    .action(async (options: { itIs: Verdict; account: string }, self: Command) => {
      const { itIs: verdict, account } = options;
      const standing = await withAnyStripe((runtime) =>
        sayRefusal(account, () =>
          decideEnvironment(runtime, { verdict, account, actor: operator() }),
        ),
      );
      tell(self, [sayStanding(standing)], { standing });
    });
  for (const one of [check, say]) command.addCommand(one.copyInheritedSettings(command));
  return command;
}
