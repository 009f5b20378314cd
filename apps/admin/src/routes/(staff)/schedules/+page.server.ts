import { loadOwed } from '#lib/server/load-owed.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  loadOwed(event, ['scheduled', 'planned', 'retried', 'paused']);
