import { join } from 'node:path';
import { repositoryRoot } from '../repository-root.ts';
import { runTool } from '../run-tool.ts';
import { readReport } from './read-report.ts';
import type { Count } from './read-report.ts';

interface PlaywrightSuite {
  specs: { title: string; file: string; tests: { status: string }[] }[];
  suites?: PlaywrightSuite[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
  suites: PlaywrightSuite[];
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
function countStories({ stats, suites }: PlaywrightReport): Count {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    failures: suites.flatMap(failuresOf),
  };
}

function failuresOf({ specs, suites = [] }: PlaywrightSuite): string[] {
  const failed = specs.filter(({ tests }) =>
    tests.some(({ status }) => status === 'unexpected' || status === 'flaky'),
  );
  return [
    ...failed.map(({ title, file }) => `e2e/${file}: ${title}`),
    ...suites.flatMap(failuresOf),
  ];
}
