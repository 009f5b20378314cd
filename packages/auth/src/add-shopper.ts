import type { Runtime } from '@onfile/payments/runtime.ts';
import type { NewAccount } from './add-account.ts';
import { addAccount } from './add-account.ts';
import { shopperAuthOptions } from './shopper-auth.ts';

/** Adds a shopper with a password, for demo data; one with this address stays as they are. */
export async function addShopper(
  runtime: Runtime,
  shopper: NewAccount,
): Promise<{ userId: string; added: boolean }> {
  return addAccount(shopperAuthOptions(runtime), shopper);
}
