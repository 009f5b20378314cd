import { m } from '@onfile/messages/messages.js';

/** A method to choose, as the procedures give it. */
export interface MethodChoice {
  id: string;
  name: string;
  nickname: string | null;
  expiryText: string | null;
  expiryState: 'none' | 'good' | 'updated' | 'expiring' | 'expired';
}

/** What tells a method from the others beside its name. */
export function choiceDetail(method: MethodChoice): string {
  const expiry = method.expiryText ?? '';
  const parts = [
    method.nickname === null ? '' : method.name,
    expiry &&
      (method.expiryState === 'expired'
        ? m.storefront_methods_expired_on({ expiry })
        : m.storefront_methods_expires({ expiry })),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
