import type { Runtime } from '../runtime.ts';

/** One of many: when it fails that is logged, and the others go on. @returns false then */
export async function orLogged(
  runtime: Pick<Runtime, 'log'>,
  about: Record<string, string>,
  work: () => Promise<boolean>,
): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    runtime.log.error({ ...about, err: error }, 'left for the next turn');
    return false;
  }
}
