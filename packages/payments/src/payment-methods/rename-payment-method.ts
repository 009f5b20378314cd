import { findPaymentMethod, setNickname } from '@onfile/db/tables/payment-methods.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';

const longestNickname = 40;

/**
 * Gives a method the name that its shopper calls it by; an empty one takes the name away.
 * @throws Refusal `not_found`, `nickname_too_long`
 */
export async function renamePaymentMethod(
  runtime: Runtime,
  renaming: { customerId: string; paymentMethodId: string; nickname: string },
): Promise<void> {
  // Control characters would break lists and mails apart.
  const nickname = renaming.nickname.replaceAll(/\p{Cc}+/gu, ' ').trim();
  if ([...nickname].length > longestNickname) throw new Refusal('nickname_too_long', 'nickname');
  const method = await findPaymentMethod(runtime.db, renaming.paymentMethodId);
  if (method?.customerId !== renaming.customerId || method.status !== 'attached') {
    throw new Refusal('not_found', 'paymentMethodId');
  }
  await setNickname(runtime.db, method.id, nickname === '' ? null : nickname, runtime.clock.now());
}
