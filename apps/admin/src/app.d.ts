import type { RequestFacts } from '@onfile/api/context.ts';
import type { Staff } from '@onfile/auth/staff-auth.ts';

declare global {
  namespace App {
    interface Error {
      /** Under which the log holds the cause; only for faults. */
      faultId?: string;
    }
    interface Locals {
      staff: Staff | null;
      facts: RequestFacts;
      /** Cookies that authentication set while a form action ran. */
      authCookies: string[];
    }
  }
}
