import { join } from 'node:path';
import { repositoryRoot } from '../repository-root.ts';
import { runTool } from '../run-tool.ts';
import { readReport } from './read-report.ts';
import type { Count } from './read-report.ts';

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
}

/** The stories through both apps in a real browser; shows progress as it runs. */
export async function runBrowserStories(): Promise<Count> {
  const file = join(repositoryRoot, '.cache', 'playwright.json');
  const readCount = await readReport<PlaywrightReport>(file, countStories);
  const result = await runTool('playwright', ['test', '--reporter=list,json'], {
    cwd: join(repositoryRoot, 'e2e'),
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    show: true,
  });
  return readCount(result);
}

/** A story that passed at its second try has failed once: nothing here may depend on luck. */
function countStories({ stats }: PlaywrightReport): Count {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
}
