import type { PageServerLoad } from './$types';
import { redirect } from '@sveltejs/kit';
import { keepRecoveryToken } from '#lib/server/recovery-cookie.ts';

/**
 * The link of a mail. Its secret part goes out of the address bar before anything renders, into a
 * cookie; nothing else happens, so that a program that looks at links in mails uses nothing up.
 */
export const load: PageServerLoad = ({ cookies, params }) => {
  keepRecoveryToken(cookies, params.token);
  redirect(303, '/recover');
};
