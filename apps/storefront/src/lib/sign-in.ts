import { m } from '@onfile/messages/messages.js';

/** What is wrong, by field; `form` when it is no one field's fault. */
export type SignInErrors = Partial<Record<'name' | 'email' | 'password' | 'form', string>>;

/** Signs in. Returns null when that worked (the session cookie is set), else what is wrong. */
export function signIn(given: { email: string; password: string }): Promise<SignInErrors | null> {
  return ask('/auth/sign-in/email', given);
}

/** Makes an account and signs in, as {@link signIn}. */
export function signUp(given: {
  name: string;
  email: string;
  password: string;
}): Promise<SignInErrors | null> {
  return ask('/auth/sign-up/email', given);
}

export async function signOut(): Promise<void> {
  await ask('/auth/sign-out', {});
}

async function ask(path: string, body: object): Promise<SignInErrors | null> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (!response) return { form: m.storefront_error_no_connection() };
  if (response.ok) return null;
  if (response.status === 429) return { form: m.storefront_auth_too_many_tries() };
  return explain(await readCode(response));
}

async function readCode(response: Response): Promise<string | null> {
  const answer: unknown = await response.json().catch(() => null);
  const hasCode = typeof answer === 'object' && answer !== null && 'code' in answer;
  return hasCode ? String(answer.code) : null;
}

/** better-auth's error codes (its `BASE_ERROR_CODES`), as sentences at our fields. */
function explain(code: string | null): SignInErrors {
  switch (code) {
    case 'INVALID_EMAIL_OR_PASSWORD':
      return { form: m.storefront_auth_wrong() };
    case 'INVALID_EMAIL':
      return { email: m.storefront_auth_email_malformed() };
    case 'USER_ALREADY_EXISTS':
    case 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL':
      return { email: m.storefront_auth_email_taken() };
    case 'PASSWORD_TOO_SHORT':
      return { password: m.storefront_auth_password_too_short() };
    case 'PASSWORD_TOO_LONG':
      return { password: m.storefront_auth_password_too_long() };
    default:
      return { form: m.storefront_auth_failed() };
  }
}
