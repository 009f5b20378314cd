import type { RequestFacts, StorefrontContext } from '@onfile/api/context.ts';

declare global {
  namespace App {
    interface Error {
      /** Under which the log holds the cause; only for faults. */
      faultId?: string;
    }
    interface Locals {
      shopper: StorefrontContext['shopper'];
      guestId: StorefrontContext['guestId'];
      recoveryToken: StorefrontContext['recoveryToken'];
      rememberGuest: StorefrontContext['rememberGuest'];
      facts: RequestFacts;
    }
  }
}
