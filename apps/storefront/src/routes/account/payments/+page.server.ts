import type { Actions, PageServerLoad } from './$types';
import { redirect } from '@sveltejs/kit';
import { callerOf, orRefuse } from '#lib/server/caller.ts';
import { keepRecoveryToken } from '#lib/server/recovery-cookie.ts';

export const load: PageServerLoad = async ({ locals }) => ({
  payments: await orRefuse(callerOf(locals).payments.list()),
});

export const actions: Actions = {
  /** On to the page that mends a payment, as the link in the mail leads there. */
  pay: async ({ cookies, locals, request }) => {
    const paymentId = (await request.formData()).get('paymentId');
    const ask = { paymentId: typeof paymentId === 'string' ? paymentId : '' };
    const { token } = await orRefuse(callerOf(locals).recovery.linkOwn(ask));
    keepRecoveryToken(cookies, token);
    redirect(303, '/recover');
  },
};
