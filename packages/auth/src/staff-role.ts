/** What a staff member may do: look; charge as well; everything. */
export type StaffRole = 'viewer' | 'charger' | 'owner';

export const staffRoles: readonly StaffRole[] = ['viewer', 'charger', 'owner'];

/** Whether a stored or typed word names a role. */
export function isStaffRole(word: string): word is StaffRole {
  return staffRoles.some((role) => role === word);
}
