import type { BetterAuthOptions } from 'better-auth';
import { betterAuth } from 'better-auth';

export interface NewAccount {
  email: string;
  name: string;
  password: string;
}

/**
 * Writes a person and their password without the sign-up endpoint. Someone who is there already
 * stays as they are.
 * @param fields further columns of the person's row
 * @throws Error when the password is shorter than 10 characters
 */
export async function addAccount(
  options: BetterAuthOptions,
  account: NewAccount,
  fields: Record<string, string> = {},
): Promise<{ userId: string; added: boolean }> {
  const { internalAdapter, password } = await betterAuth(options).$context;
  const { minPasswordLength } = password.config;
  if (account.password.length < minPasswordLength) {
    throw new Error(`The password must have at least ${minPasswordLength} characters.`);
  }
  const email = account.email.trim().toLowerCase();
  const known = await internalAdapter.findUserByEmail(email, { includeAccounts: true });
  const user =
    known?.user ??
    (await internalAdapter.createUser(
      { ...fields, email, name: account.name, emailVerified: true },
      { method: 'email-password' },
    ));
  // A person without a password is what a crash between the two writes leaves: finish it.
  if (!known?.accounts.length) {
    await internalAdapter.linkAccount({
      userId: user.id,
      accountId: user.id,
      providerId: 'credential',
      password: await password.hash(account.password),
    });
  }
  return { userId: user.id, added: !known };
}
