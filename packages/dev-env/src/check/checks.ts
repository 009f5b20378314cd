import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../repository-root.ts';
import { runTool } from '../run-tool.ts';
import type { ToolResult } from '../run-tool.ts';

export interface Check {
  name: string;
  run(): Promise<ToolResult>;
}

/** Every check, the slow ones first. */
export async function checks(): Promise<Check[]> {
  return [
    tool('lint', 'eslint', ['.', '--max-warnings', '0']),
    ...(await typeChecks()),
    tool('format', 'prettier', ['--check', '--log-level', 'warn', '.']),
    tool('import directions', 'depcruise', [
      '--config',
      '.dependency-cruiser.js',
      'apps',
      'packages',
    ]),
    tool('dead code', 'knip', ['--no-progress', '--treat-config-hints-as-errors']),
    tool('workspace', 'sherif', []),
    svelteCheckFindsFaults(),
  ];
}

/** One check for each type-checked project: svelte-check where there are components, tsc elsewhere. */
async function typeChecks(): Promise<Check[]> {
  const found: Check[] = [];
  for (const folder of await workspaceFolders()) {
    const hasComponents = await usesSvelte(folder);
    for (const file of await readdir(join(repositoryRoot, folder))) {
      if (!/^tsconfig(\.\w+)?\.json$/.test(file)) continue;
      const name = `types of ${folder}${file === 'tsconfig.json' ? '' : `/${file}`}`;
      found.push(
        hasComponents
          ? tool(name, 'svelte-check', ['--tsconfig', file, '--fail-on-warnings'], folder)
          : tool(name, 'tsc', ['--project', file, '--pretty', 'false'], folder),
      );
    }
  }
  return found;
}

/** A page with a planted fault, which svelte-check must find: a check that cannot fail is none. */
function svelteCheckFindsFaults(): Check {
  return {
    name: 'svelte-check finds a planted fault',
    async run() {
      const cwd = join(repositoryRoot, 'packages/dev-env/fixtures/planted-fault');
      const found = await runTool('svelte-check', ['--tsconfig', 'tsconfig.json'], { cwd });
      return { ...found, ok: !found.ok && found.output.includes('fault.svelte') };
    },
  };
}

async function workspaceFolders(): Promise<string[]> {
  const lists = await Promise.all(
    ['apps', 'packages'].map(async (parent) =>
      (await readdir(join(repositoryRoot, parent))).map((name) => `${parent}/${name}`),
    ),
  );
  return [...lists.flat(), 'e2e', 'bench', 'faults'].filter((folder) =>
    existsSync(join(repositoryRoot, folder, 'package.json')),
  );
}

async function usesSvelte(folder: string): Promise<boolean> {
  const manifest = await readFile(join(repositoryRoot, folder, 'package.json'), 'utf8');
  return manifest.includes('"svelte-check"');
}

function tool(name: string, command: string, args: string[], folder = ''): Check {
  return { name, run: () => runTool(command, args, { cwd: join(repositoryRoot, folder) }) };
}
