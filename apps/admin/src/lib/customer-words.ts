import { m } from '@onfile/messages/messages.js';

/** How a customer is called: by their address, and once they were erased by that alone. */
export function customerWords(email: string | null): string {
  return email ?? m.admin_customer_erased();
}
