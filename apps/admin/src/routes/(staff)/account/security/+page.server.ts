import { fail } from '@sveltejs/kit';
import { toDataURL } from 'qrcode';
import { m } from '@onfile/messages/messages.js';
import { fieldText } from '#lib/field-text.ts';
import { callAuth } from '#lib/server/auth.ts';
import type { Actions } from './$types';

function problem(status: number, wrong: string): string {
  if (status === 429) return m.admin_sign_in_too_many();
  return status >= 500 ? m.admin_sign_in_unavailable() : wrong;
}

export const actions: Actions = {
  /** Makes a secret and backup codes; nothing is on before a first code was right. */
  start: async (event) => {
    const password = fieldText(await event.request.formData(), 'password');
    const answer = await callAuth(event, '/two-factor/enable', { password });
    const { totpURI, backupCodes } = answer.body;
    if (answer.status !== 200 || typeof totpURI !== 'string' || !Array.isArray(backupCodes)) {
      return fail(answer.status === 200 ? 500 : answer.status, {
        problem: problem(answer.status, m.admin_security_wrong_password()),
      });
    }
    return {
      enrolment: {
        qr: await toDataURL(totpURI, { margin: 2, width: 208 }),
        secret: new URL(totpURI).searchParams.get('secret') ?? '',
        backupCodes: backupCodes.map(String),
      },
    };
  },
  verify: async (event) => {
    const code = fieldText(await event.request.formData(), 'code').replace(/\s/g, '');
    const answer = await callAuth(event, '/two-factor/verify-totp', { code });
    if (answer.status !== 200) {
      return fail(answer.status, {
        problem: problem(answer.status, m.admin_security_wrong_code()),
      });
    }
    return { done: true };
  },
};
