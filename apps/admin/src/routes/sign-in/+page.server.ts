import { fail, redirect } from '@sveltejs/kit';
import { safeNext } from '@onfile/api/http/safe-next.ts';
import { m } from '@onfile/messages/messages.js';
import { callAuth } from '#lib/server/auth.ts';
import { fieldText } from '#lib/field-text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.staff) redirect(303, safeNext(url.searchParams.get('next'), '/'));
};

function problem(status: number, wrong: string): string {
  if (status === 429) return m.admin_sign_in_too_many();
  return status >= 500 ? m.admin_sign_in_unavailable() : wrong;
}

export const actions: Actions = {
  password: async (event) => {
    const form = await event.request.formData();
    const email = fieldText(form, 'email').trim();
    const password = fieldText(form, 'password');
    const answer = await callAuth(event, '/sign-in/email', { email, password });
    if (answer.status !== 200) {
      const sentence = problem(answer.status, m.admin_sign_in_wrong());
      return fail(answer.status, { step: 'password' as const, email, problem: sentence });
    }
    if (answer.body['twoFactorRedirect']) return { step: 'code' as const, email, problem: null };
    redirect(303, safeNext(event.url.searchParams.get('next'), '/'));
  },
  code: async (event) => {
    const code = fieldText(await event.request.formData(), 'code').replace(/\s/g, '');
    const isTotp = /^\d{6}$/.test(code);
    const path = isTotp ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code';
    const answer = await callAuth(event, path, { code });
    if (answer.status !== 200) {
      const sentence = problem(answer.status, m.admin_sign_in_code_wrong());
      return fail(answer.status, { step: 'code' as const, email: '', problem: sentence });
    }
    redirect(303, safeNext(event.url.searchParams.get('next'), '/'));
  },
};
