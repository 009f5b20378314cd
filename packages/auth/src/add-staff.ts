import type { Runtime } from '@onfile/payments/runtime.ts';
import type { NewAccount } from './add-account.ts';
import { addAccount } from './add-account.ts';
import { staffAuthOptions } from './staff-auth.ts';
import type { StaffRole } from './staff-role.ts';

/**
 * Adds a staff member, which no endpoint can. One with this address stays as they are.
 * @throws Error when the password is shorter than 10 characters
 */
export async function addStaff(
  runtime: Runtime,
  staff: NewAccount & { role: StaffRole },
): Promise<{ staffId: string; added: boolean }> {
  const { role, ...account } = staff;
  const { userId, added } = await addAccount(staffAuthOptions(runtime), account, { role });
  return { staffId: userId, added };
}
