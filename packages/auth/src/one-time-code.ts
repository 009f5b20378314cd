import { createHmac, randomUUID } from 'node:crypto';
import { emailOTP } from 'better-auth/plugins';
import { queueMail } from '@onfile/payments/mail/queue-mail.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { audienceSecret } from './auth-options.ts';

const minutes = 10;

/** How often a code may be entered wrongly before it is worth nothing. */
const codeAttempts = 5;

/**
 * Sign-in by a code of six digits that goes to the address, whether or not anybody has an account with
 * it: then entering the code makes one. Codes are kept as keyed hashes; plain ones of six digits would
 * be guessed in a blink by whoever reads the table.
 */
export function oneTimeCode(runtime: Runtime) {
  const key = audienceSecret(runtime.settings.authSecret, 'one-time code');
  return emailOTP({
    otpLength: 6,
    expiresIn: minutes * 60,
    allowedAttempts: codeAttempts,
    storeOTP: {
      hash: (code) => Promise.resolve(createHmac('sha256', key).update(code).digest('base64url')),
    },
    sendVerificationOTP: async ({ email, otp }) => {
      await queueMail(runtime.db, runtime.clock, {
        kind: 'one_time_code',
        about: randomUUID(),
        to: email,
        data: () => ({ code: otp, minutes }),
        customerId: null,
      });
    },
  });
}
