import { m } from '@onfile/messages/messages.js';

/** What is wrong, by field; `form` when it is no one field's fault. */
export type SignInErrors = Partial<Record<'name' | 'email' | 'password' | 'form', string>>;

/** What came of entering a code. */
export type CodeAnswer =
  | { kind: 'signed_in' }
  | { kind: 'wrong' }
  | { kind: 'used_up' }
  | { kind: 'expired' }
  | { kind: 'no'; why: string };

/** Signs in. Returns null when that worked (the session cookie is set), else what is wrong. */
export function signIn(given: { email: string; password: string }): Promise<SignInErrors | null> {
  return send('/auth/sign-in/email', given).then(explain);
}

/** Sends a code to an address, whoever's it is. Returns null when that worked, else what is wrong. */
export function sendCode(given: {
  email: string;
  captchaToken: string | null;
}): Promise<SignInErrors | null> {
  return send('/auth/email-otp/send-verification-otp', given).then(explain);
}

/** Signs in with the code of a mail; an address without an account gets one. */
export async function enterCode(given: {
  email: string;
  otp: string;
  name?: string;
}): Promise<CodeAnswer> {
  const answer = await send('/auth/sign-in/email-otp', given);
  if (answer.ok) return { kind: 'signed_in' };
  switch (answer.code) {
    case 'INVALID_OTP':
      return { kind: 'wrong' };
    case 'TOO_MANY_ATTEMPTS':
      return { kind: 'used_up' };
    case 'OTP_EXPIRED':
      return { kind: 'expired' };
    default:
      return { kind: 'no', why: explain(answer)?.form ?? m.storefront_auth_failed() };
  }
}

/** Gives an account its first password. One that has a password keeps it. */
export async function setPassword(
  newPassword: string,
): Promise<{ kind: 'set' | 'had_one' } | { kind: 'no'; errors: SignInErrors }> {
  const answer = await send('/auth/set-password', { newPassword });
  if (answer.ok) return { kind: 'set' };
  if (answer.code === 'PASSWORD_ALREADY_SET') return { kind: 'had_one' };
  return { kind: 'no', errors: explain(answer) ?? {} };
}

export async function signOut(): Promise<void> {
  await send('/auth/sign-out', {});
}

interface Answer {
  ok: boolean;
  status: number;
  /** Of better-auth's `BASE_ERROR_CODES`, or a refusal of ours in capitals. */
  code: string | null;
  /** How long to wait, in words. */
  wait: string | null;
}

async function send(path: string, body: object): Promise<Answer> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (!response) return { ok: false, status: 0, code: null, wait: null };
  const { ok, status } = response;
  const said = ok ? null : ((await response.json().catch(() => null)) as unknown);
  const text = (name: string): string | null => {
    const value =
      typeof said === 'object' && said !== null ? (said as Record<string, unknown>)[name] : null;
    return typeof value === 'string' ? value : null;
  };
  return { ok, status, code: text('code'), wait: text('wait') };
}

/** An answer as sentences at our fields; null when it was a yes. */
function explain({ ok, status, code, wait }: Answer): SignInErrors | null {
  if (ok) return null;
  if (status === 0) return { form: m.storefront_error_no_connection() };
  if (status === 429) {
    return {
      form: m.storefront_auth_too_many_tries({ wait: wait ?? m.storefront_auth_a_minute() }),
    };
  }
  switch (code) {
    case 'INVALID_EMAIL_OR_PASSWORD':
      return { form: m.storefront_auth_wrong() };
    case 'INVALID_EMAIL':
      return { email: m.storefront_auth_email_malformed() };
    case 'PASSWORD_TOO_SHORT':
      return { password: m.storefront_auth_password_too_short() };
    case 'PASSWORD_TOO_LONG':
      return { password: m.storefront_auth_password_too_long() };
    case 'CAPTCHA_FAILED':
      return { form: m.storefront_auth_captcha_failed() };
    default:
      return { form: m.storefront_auth_failed() };
  }
}
