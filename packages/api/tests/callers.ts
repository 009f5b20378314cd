import { eraseShopper } from '@onfile/auth/erase-shopper.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { createAdminCaller } from '../src/admin/router.ts';
import type { AdminContext, StaffRole } from '../src/context.ts';
import { refusalOf } from '../src/refusal-codes.ts';
import { createStorefrontCaller } from '../src/storefront/router.ts';

const request = {
  ipAddress: '203.0.113.7',
  userAgent: 'story',
  acceptLanguage: null,
  requestId: 'req',
};

/** What a call comes to: `allowed`, or the code of its refusal. */
export async function answerOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'allowed';
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return refusal.code;
  }
}

export type Callers = ReturnType<typeof callersOf>;

/**
 * Procedures as somebody calls them: a shopper by their name, staff by their role; null: nobody.
 * @param change of what staff's calls are given
 */
export function callersOf(
  { runtime }: Pick<TestRuntime, 'runtime'>,
  change: Partial<AdminContext> = {},
) {
  const shopper = (name: string | null, recoveryToken: string | null = null) =>
    createStorefrontCaller({
      runtime: runtime,
      request,
      shopper: name
        ? { userId: `user-${name}`, email: `${name}@example.com`, name, emailVerified: true }
        : null,
      guestId: null,
      recoveryToken,
      rememberGuest: () => undefined,
    });

  const staff = (role: StaffRole | null, given: Partial<NonNullable<AdminContext['staff']>> = {}) =>
    createAdminCaller({
      runtime: runtime,
      request,
      staff: role && {
        staffId: `staff-${role}`,
        email: `${role}@example.com`,
        name: role,
        role,
        secondFactor: false,
        ...given,
      },
      eraseLogin: eraseShopper,
      ...change,
    });

  return { shopper, staff };
}
