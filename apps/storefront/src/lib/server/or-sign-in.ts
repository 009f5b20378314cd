import { redirect } from '@sveltejs/kit';
import { refusalOf } from '@onfile/api/refusal-codes.ts';
import { orRefuse } from './caller.ts';

/** Waits for a procedure's answer; whoever has not said who they are is asked, and led back. */
export async function orSignIn<T>(answer: Promise<T>, url: URL): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    if (refusalOf(cause)?.code === 'not_signed_in') redirect(303, signInPath(url.pathname));
    return orRefuse(answer);
  }
}

/** The sign-in, also for guests, which leads on to a page of ours. */
function signInPath(next: string): string {
  return `/sign-in?next=${encodeURIComponent(next)}`;
}
