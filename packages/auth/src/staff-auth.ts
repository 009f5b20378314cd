import type { BetterAuthOptions } from 'better-auth';
import { betterAuth } from 'better-auth';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { z } from 'zod';
import type { AuthSwitches } from './auth-options.ts';
import { authOptions, passwordRules, sessionLifetime } from './auth-options.ts';
import { endpoint, handleAuthRequest } from './handle-auth-request.ts';
import type { StaffRole } from './staff-role.ts';
import { isStaffRole } from './staff-role.ts';

export interface Staff {
  staffId: string;
  email: string;
  name: string;
  role: StaffRole;
  /** This very session was opened with a second factor. */
  secondFactor: boolean;
  secondFactorEnrolled: boolean;
}

export interface StaffAuth {
  /**
   * Answers the endpoints below `/auth`.
   * @param clientAddress for the limit on sign-in tries; without it all share one
   */
  handler(request: Request, clientAddress?: string | null): Promise<Response>;
  /** The staff member whose session cookie these headers carry. */
  findStaff(headers: Headers): Promise<Staff | null>;
}

const anyForm = endpoint(z.looseObject({}));
const endpoints = new Map(
  [
    '/sign-in/email',
    '/sign-out',
    '/two-factor/enable',
    '/two-factor/verify-totp',
    '/two-factor/verify-backup-code',
  ].map((path) => [path, anyForm] as const),
);

/** The endpoints that open a session only after a second factor was checked. */
const secondFactorPaths = new Set(['/two-factor/verify-totp', '/two-factor/verify-backup-code']);

/** better-auth's configuration for staff; {@link openStaffAuth} is what the app uses. */
export function staffAuthOptions(runtime: Runtime, switches: AuthSwitches = {}) {
  return {
    ...authOptions(
      runtime,
      { tables: 'staff', cookiePrefix: 'onfile-staff', origin: runtime.settings.adminOrigin },
      switches,
    ),
    emailAndPassword: { ...passwordRules, disableSignUp: true },
    user: {
      modelName: 'staff_user',
      additionalFields: {
        role: { type: 'string', required: true, defaultValue: 'viewer', input: false },
      },
    },
    session: {
      modelName: 'staff_session',
      ...sessionLifetime.staff,
      additionalFields: {
        secondFactor: { type: 'boolean', required: true, defaultValue: false, input: false },
      },
    },
    plugins: [twoFactor({ issuer: runtime.settings.shopName, twoFactorTable: 'staff_two_factor' })],
    hooks: {
      before: createAuthMiddleware(async (context) => {
        // A trusted device would sign in without the second factor for a month.
        const body: unknown = context.body;
        if (typeof body === 'object' && body !== null && 'trustDevice' in body) {
          throw new APIError('BAD_REQUEST', { message: 'No device is trusted.' });
        }
      }),
    },
    databaseHooks: {
      session: {
        create: {
          before: async (_session, context) => ({
            data: { secondFactor: secondFactorPaths.has(context?.path ?? '') },
          }),
          // Sessions from before the enrolment never passed it: they end with the first that did.
          after: async (session, context) => {
            if (!context || !session['secondFactor']) return;
            await context.context.adapter.deleteMany({
              model: 'session',
              where: [
                { field: 'userId', value: session.userId },
                { field: 'secondFactor', value: false },
              ],
            });
          },
        },
      },
    },
  } satisfies BetterAuthOptions;
}

/** Authentication of staff: its own tables, cookies and secret, no sign-up, TOTP. */
export function openStaffAuth(runtime: Runtime, switches: AuthSwitches = {}): StaffAuth {
  const auth = betterAuth(staffAuthOptions(runtime, switches));
  return {
    handler: (request, clientAddress = null) =>
      handleAuthRequest(auth.handler, endpoints, request, clientAddress),
    findStaff: async (headers) => {
      const found = await auth.api.getSession({ headers });
      if (!found || !isStaffRole(found.user.role)) return null;
      const { user, session } = found;
      const enrolled = user.twoFactorEnabled === true;
      if (enrolled && !session.secondFactor) return null;
      return {
        staffId: user.id,
        email: user.email,
        name: user.name,
        role: found.user.role,
        secondFactor: session.secondFactor,
        secondFactorEnrolled: enrolled,
      };
    },
  };
}
