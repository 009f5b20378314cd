import { userInfo } from 'node:os';

/** Who runs a command, for the audit log: their name on the machine. */
export function operator(): { kind: 'operator'; id: string } {
  return { kind: 'operator', id: userInfo().username };
}
