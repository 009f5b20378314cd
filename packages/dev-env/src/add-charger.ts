import { addStaff } from '@onfile/auth/add-staff.ts';
import type { Constellation } from './constellation.ts';
import { withRuntime } from './with-runtime.ts';

/** A member of staff beside the demo's owner, who may charge. @returns their login */
export async function addCharger(
  onfile: Pick<Constellation, 'env'>,
): Promise<{ email: string; password: string }> {
  const login = { email: 'charger@onfile.example', password: 'correct horse battery' };
  await withRuntime(onfile, (runtime) =>
    addStaff(runtime, { ...login, name: 'Charlie Charger', role: 'charger' }),
  );
  return login;
}
