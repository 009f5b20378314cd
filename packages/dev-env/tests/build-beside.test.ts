import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { Target } from '../src/builds/build-if-stale.ts';
import { cacheFolder } from '../src/builds/stamp.ts';
import { repositoryRoot } from '../src/repository-root.ts';
import { waitUntil } from '../src/wait-until.ts';
import { runCommand } from './run-command.ts';
import type { RunningCommand } from './run-command.ts';

let target: Target;
/** Builds that are under way: each goes on when it is answered. */
let building: ServerResponse[];

/** A target whose build tells this process that it has begun, and ends when it is told to. */
beforeEach(async () => {
  building = [];
  const server = createServer((_request, response) => void building.push(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = await mkdtemp(join(tmpdir(), 'onfile-build-'));
  await writeFile(join(folder, 'source.txt'), 'as it is now');
  const cwd = relative(repositoryRoot, folder);
  const name = `test-${randomBytes(4).toString('hex')}`;
  const { port } = server.address() as AddressInfo;
  const script = `import { writeFileSync } from 'node:fs';
    await fetch('http://127.0.0.1:${port}');
    writeFileSync('product.txt', 'built');`;
  target = {
    name,
    sources: [join(cwd, 'source.txt')],
    product: join(cwd, 'product.txt'),
    command: ['node', '--input-type=module', '-e', script],
    cwd,
  };
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
    for (const end of ['lock', 'stamp'])
      await rm(join(cacheFolder, `${name}.${end}`), { force: true });
  });
});

const build = (): RunningCommand =>
  runCommand('tests/build-target.ts', { TARGET: JSON.stringify(target) });

const begun = (builds: number) => () => building.length === builds;
const waits = (command: RunningCommand) => () => /^Waiting for another/.test(command.output());

it('of two processes that find a build stale at once, one builds and the other finds it done', async () => {
  const first = build();
  await waitUntil('the first builds', begun(1));
  const second = build();
  await waitUntil('the second waits', waits(second));
  building[0]?.end();
  expect(await first.ended).toBe(0);
  expect(await second.ended).toBe(0);
  expect(building).toHaveLength(1);
  expect(second.output()).not.toContain('Built');
});

it('a build whose process was killed is done by the one that waits', async () => {
  const first = build();
  await waitUntil('the first builds', begun(1));
  const second = build();
  await waitUntil('the second waits', waits(second));
  first.kill('SIGKILL');
  building[0]?.destroy();
  await waitUntil('the second builds', begun(2));
  building[1]?.end();
  expect(await second.ended).toBe(0);
  expect(second.output()).toContain(`Built ${target.name}`);
});
