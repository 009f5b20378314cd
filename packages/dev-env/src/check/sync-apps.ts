import { join } from 'node:path';
import { repositoryRoot } from '../repository-root.ts';
import { runTool } from '../run-tool.ts';

/** Generates the types of both apps' routes, which the type-check and the linter read. */
export async function syncApps(): Promise<void> {
  await Promise.all(
    ['storefront', 'admin'].map(async (name) => {
      const app = join(repositoryRoot, 'apps', name);
      const result = await runTool('svelte-kit', ['sync'], { cwd: app });
      if (!result.ok) throw new Error(`svelte-kit sync failed in ${name}.\n${result.output}`);
    }),
  );
}
