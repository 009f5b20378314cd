import { checkCaptcha } from '@onfile/payments/limits/check-captcha.ts';
import type { LimitName } from '@onfile/payments/limits/limits.ts';
import { spend } from '@onfile/payments/limits/spend.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { z } from 'zod';
import { endpoint } from './handle-auth-request.ts';
import type { Endpoint } from './handle-auth-request.ts';

const email = z
  .string()
  .trim()
  .pipe(z.email().max(254))
  .transform((address) => address.toLowerCase());
const name = z
  .string()
  .max(100)
  .regex(/^\P{Cc}*$/u);
const code = z.string().regex(/^\d{6}$/);
const password = z.string().max(200);

/** The endpoints below `/auth` that the shop's pages use: what each takes, and how often. */
export function shopperEndpoints(runtime: Runtime): ReadonlyMap<string, Endpoint> {
  const limited =
    (limit: LimitName) =>
    (body: { email: string }, ip: string | null): Promise<void> =>
      spend(runtime, limit, { email: body.email, ip });
  const sendCode = z
    .strictObject({ email, captchaToken: z.string().max(4_000).nullable().default(null) })
    // Only ever to sign in: the answer is the same whoever has the address.
    .transform((body) => ({ ...body, type: 'sign-in' as const }));
  return new Map([
    ['/sign-in/email', endpoint(z.strictObject({ email, password }), limited('sign_in'))],
    [
      '/email-otp/send-verification-otp',
      endpoint(sendCode, async (body, ip) => {
        await checkCaptcha(runtime, { token: body.captchaToken, ipAddress: ip });
        await limited('send_code')(body, ip);
      }),
    ],
    [
      '/sign-in/email-otp',
      endpoint(z.strictObject({ email, otp: code, name: name.optional() }), limited('try_code')),
    ],
    ['/set-password', endpoint(z.strictObject({ newPassword: password }))],
    ['/sign-out', endpoint(z.strictObject({}))],
    ['/get-session', endpoint(z.strictObject({}))],
  ]);
}
