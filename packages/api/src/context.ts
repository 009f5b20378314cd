import type { SignedInShopper } from '@onfile/payments/customers/ensure-customer.ts';
import type { EraseLogin } from '@onfile/payments/privacy/erase-customer.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';

/** What a request says of itself, for agreements and the audit log. */
export interface RequestFacts {
  ipAddress: string | null;
  userAgent: string | null;
  /** The languages that the browser asks for, as its header has them. */
  acceptLanguage: string | null;
  requestId: string;
}

export interface StorefrontContext {
  runtime: Runtime;
  shopper: SignedInShopper | null;
  /** The guest whom the browser's signed cookie names. */
  guestId: string | null;
  /** The secret part of the recovery link that this browser has opened. */
  recoveryToken: string | null;
  /** Lets the browser come back as this guest. */
  rememberGuest: (customerId: string) => void;
  request: RequestFacts;
}

export type StaffRole = 'viewer' | 'charger' | 'owner';

export interface AdminContext {
  runtime: Runtime;
  staff: {
    staffId: string;
    email: string;
    name: string;
    role: StaffRole;
    /** Whether this session passed a second factor (TOTP). */
    secondFactor: boolean;
  } | null;
  /** Takes a shopper's login with it when the person is erased. */
  eraseLogin: EraseLogin;
  request: RequestFacts;
}
