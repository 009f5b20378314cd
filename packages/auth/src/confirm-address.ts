import { randomUUID } from 'node:crypto';
import type { BetterAuthOptions } from 'better-auth';
import { isAPIError } from 'better-auth/api';
import { joinProvenGuests } from '@onfile/payments/customers/join-proven-guests.ts';
import { spend } from '@onfile/payments/limits/spend.ts';
import { queueMail } from '@onfile/payments/mail/queue-mail.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { z } from 'zod';
import { showShopper } from './show-shopper.ts';

/** What came of opening the mailed link. */
export type Confirmation = 'confirmed' | 'expired' | 'other_account';

interface SessionUser {
  id: string;
  email: string;
  name: string;
  emailVerified: boolean;
}

/** The functions of better-auth that are needed here. */
interface Api {
  getSession(given: { headers: Headers }): Promise<{ user: SessionUser } | null>;
  sendVerificationEmail(given: { headers: Headers; body: { email: string } }): Promise<unknown>;
  verifyEmail(given: { query: { token: string } }): Promise<unknown>;
}

/** better-auth's link, as a mail of ours; it holds for an hour. */
export function confirmLink(runtime: Runtime) {
  return {
    expiresIn: 3_600,
    sendVerificationEmail: async ({ user, token }) => {
      const url = new URL('/verify', runtime.settings.storefrontOrigin);
      url.searchParams.set('token', token);
      await queueMail(runtime.db, runtime.clock, {
        kind: 'verify_address',
        about: randomUUID(),
        to: user.email,
        data: () => ({ url: url.href }),
        customerId: null,
      });
    },
  } satisfies BetterAuthOptions['emailVerification'];
}

/**
 * Mails the signed-in shopper a link that proves their address.
 * @throws Refusal `too_many_tries`
 */
export async function sendConfirmLink(
  { runtime, api }: { runtime: Runtime; api: Api },
  headers: Headers,
  clientAddress: string | null,
): Promise<void> {
  const found = await api.getSession({ headers });
  if (!found || found.user.emailVerified) return;
  const { id, email } = found.user;
  await spend(runtime, 'send_link', { account: id, ip: clientAddress });
  await api.sendVerificationEmail({ headers, body: { email } });
}

/**
 * Proves an account's address by the mailed link, but only where that account is signed in: somebody
 * may have opened it with an address that is not theirs, and its owner, who gets the mail, must not
 * prove it for them.
 */
export async function confirmAddress(
  given: { runtime: Runtime; api: Api; guestId: string | null },
  headers: Headers,
  token: string,
): Promise<Confirmation> {
  const found = await given.api.getSession({ headers });
  const named = emailIn(token);
  if (!named) return 'expired';
  if (found?.user.email.toLowerCase() !== named) return 'other_account';
  try {
    await given.api.verifyEmail({ query: { token } });
  } catch (error) {
    if (isAPIError(error)) return 'expired';
    throw error;
  }
  const shopper = { ...showShopper(found.user), emailVerified: true };
  await joinProvenGuests(given.runtime, shopper, given.guestId);
  return 'confirmed';
}

const payloadShape = z.object({ email: z.string() });

/** Whom a link is for, by its own words; better-auth checks that they are signed. */
function emailIn(token: string): string | null {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    return payloadShape.parse(JSON.parse(payload)).email.toLowerCase();
  } catch {
    return null;
  }
}
