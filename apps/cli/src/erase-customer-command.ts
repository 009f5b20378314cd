import { userInfo } from 'node:os';
import { Command } from 'commander';
import { eraseShopper } from '@onfile/auth/erase-shopper.ts';
import { eraseCustomer } from '@onfile/payments/privacy/erase-customer.ts';
import type { Erased } from '@onfile/payments/privacy/erase-customer.ts';
import { withStripe } from './open-database-runtime.ts';
import { tell } from './output.ts';
import { sayRefusal } from './say-refusal.ts';

/** `onfile customers erase` */
export function eraseCustomerCommand(): Command {
  return new Command('erase')
    .description('erase a person; refused while anything is owed or under way (docs/privacy.md)')
    .argument('<customer>', 'a customer’s id, or an e-mail address: then everybody who has it')
    .option('--by <name>', 'who does it, for the audit log', userInfo().username)
    .action(async (who: string, options: { by: string }, command: Command) => {
      const by = { kind: 'operator' as const, id: options.by };
      const erased = await withStripe((runtime) =>
        sayRefusal(who, () => eraseCustomer(runtime, { who, by, eraseLogin: eraseShopper })),
      );
      tell(command, sayErased(erased), { ...erased });
    });
}

function sayErased(erased: Erased): string[] {
  const { customerIds, events, stripeOwners, othersWithAddress, namedIn } = erased;
  const sentences = [
    `Erased ${customerIds.join(', ')}; ${String(events)} events of Stripe were reduced.`,
  ];
  if (stripeOwners.length > 0) {
    sentences.push(`What Stripe holds is erased there: ${stripeOwners.join(', ')}.`);
  }
  if (othersWithAddress > 0) {
    sentences.push(
      `${String(othersWithAddress)} other customers have the same address; erase by the address when they are the same person.`,
    );
  }
  if (namedIn.length > 0) {
    sentences.push(
      `Somebody wrote their name or address into the audit log, which never changes: ${namedIn.join(', ')}.`,
    );
  }
  return sentences;
}
