import colors from 'picocolors';
import { compileStaleMessages } from '../builds/build-stale.ts';
import { checks } from './checks.ts';
import type { Check } from './checks.ts';
import { syncApps } from './sync-apps.ts';

/** As many at a time as small machines have cores for. */
const atOnce = 2;

/**
 * Runs every check, whether or not an earlier one failed, and prints each one's result as it ends.
 * @returns whether all passed
 */
export async function runChecks(): Promise<boolean> {
  const startedAt = Date.now();
  // Generated sources, without which the type-check would see errors that are none.
  await compileStaleMessages((line) => console.log(line));
  await syncApps();
  const waiting = await checks();
  const failed: string[] = [];
  const total = waiting.length;
  const lane = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      if (!(await runCheck(check))) failed.push(check.name);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const passed = total - failed.length;
  console.log(
    `\n${String(passed)} checks passed, ${String(failed.length)} failed`,
    since(startedAt),
  );
  for (const name of failed) console.log(colors.red(`  ${name}`));
  return failed.length === 0;
}

async function runCheck(check: Check): Promise<boolean> {
  const startedAt = Date.now();
  const result = await check.run();
  const mark = result.ok ? colors.green('ok    ') : colors.red('failed');
  console.log(`${mark} ${check.name} ${since(startedAt)}`);
  if (!result.ok) console.log(`${result.output.trim()}\n`);
  return result.ok;
}

function since(startedAt: number): string {
  return colors.dim(`(${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
}
