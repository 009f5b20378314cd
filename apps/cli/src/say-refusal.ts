import { Refusal } from '@onfile/payments/refusal.ts';
import { CommandError } from './output.ts';

/** What these commands may be refused, in words for an operator. */
const sentences: Partial<Record<Refusal['code'], (about: string, why: string) => string>> = {
  not_found: (about) => `There is no customer "${about}".`,
  customer_not_erasable: (about, why) => `${about} cannot be erased yet. ${why}`,
  stripe_unavailable: () =>
    'Stripe did not answer. What was begun is finished by the worker; run this again.',
  day_not_passed: () => 'It must be a moment that has passed.',
  endpoint_not_asked: () =>
    'The Stripe key may not read webhook endpoints: allow it to, in the Dashboard.',
  environment_not_foreign: () =>
    'The database belongs to the account of the keys: there is nothing to say.',
  environment_account_differs: (about) =>
    `"${about}" is not the account of the keys in use: "pnpm onfile environment check" names it.`,
  environment_mode_differs: () => 'Test data cannot become live data, nor the reverse.',
};

/** Does something about a customer or an account; a refusal becomes a sentence. */
export async function sayRefusal<T>(about: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (problem) {
    const say = problem instanceof Refusal ? sentences[problem.code] : undefined;
    if (!say || !(problem instanceof Refusal)) throw problem;
    throw new CommandError(say(about, problem.params['why'] ?? ''));
  }
}
