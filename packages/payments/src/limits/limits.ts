/** So many tries within so many minutes. */
export interface Limit {
  tries: number;
  minutes: number;
}

/** Whose tries are counted: an account's, those for an e-mail address, from an IP address, for an order. */
export type Scope = 'account' | 'email' | 'ip' | 'order';

/**
 * What is limited, and how much. Who opens forms for new cards by the dozen tests stolen numbers;
 * who guesses codes or order numbers has to wait long before it pays. A person never gets there.
 */
export const limits = {
  add_method: {
    account: { tries: 10, minutes: 60 },
    email: { tries: 10, minutes: 60 },
    ip: { tries: 30, minutes: 60 },
  },
  start_checkout: {
    account: { tries: 20, minutes: 60 },
    email: { tries: 20, minutes: 60 },
    ip: { tries: 60, minutes: 60 },
  },
  sign_in: { email: { tries: 20, minutes: 15 } },
  start_guest: { ip: { tries: 30, minutes: 60 } },
  send_code: { email: { tries: 5, minutes: 30 }, ip: { tries: 20, minutes: 60 } },
  try_code: { email: { tries: 25, minutes: 60 }, ip: { tries: 60, minutes: 60 } },
  open_link: { ip: { tries: 30, minutes: 60 } },
  send_link: { account: { tries: 5, minutes: 60 }, ip: { tries: 20, minutes: 60 } },
  claim_order: {
    account: { tries: 5, minutes: 60 },
    order: { tries: 5, minutes: 1440 },
    ip: { tries: 20, minutes: 60 },
  },
} satisfies Record<string, Partial<Record<Scope, Limit>>>;

export type LimitName = keyof typeof limits;
