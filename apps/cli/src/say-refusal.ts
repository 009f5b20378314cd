import { Refusal } from '@onfile/payments/refusal.ts';
import { CommandError } from './output.ts';

/** What these commands may be refused, in words for an operator. */
const sentences: Partial<Record<Refusal['code'], (about: string, why: string) => string>> = {
  not_found: (about) => `There is no customer "${about}".`,
  customer_not_erasable: (about, why) => `${about} cannot be erased yet. ${why}`,
  stripe_unavailable: () =>
    'Stripe did not answer. What was begun is finished by the worker; run this again.',
  stripe_refused: () =>
    'Stripe would not let a payment method go. Nothing of the person was erased.',
};

/** Does something about a customer; a refusal becomes a sentence. */
export async function sayRefusal<T>(about: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (problem) {
    const say = problem instanceof Refusal ? sentences[problem.code] : undefined;
    if (!say || !(problem instanceof Refusal)) throw problem;
    throw new CommandError(say(about, problem.params['why'] ?? ''));
  }
}
