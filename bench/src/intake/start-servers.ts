import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import { migrateToLatest } from '@onfile/db/migrate.ts';
import { runTool } from '@onfile/dev-env/run-tool.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { withRuntime } from '@onfile/dev-env/with-runtime.ts';
import { answerOf, forkFile } from '../child-process.ts';

/** A server that the storefront is measured against. */
export interface Server {
  url: string;
  stop: () => void;
}

const minimal = fileURLToPath(new URL('../../minimal-endpoint', import.meta.url));

/** Bare `node:http` around the same intake. @param env settings, with a database of its own */
export async function startBare(env: Record<string, string>): Promise<Server> {
  await migrate(env);
  const server = forkFile(new URL('./bare-server.ts', import.meta.url), env);
  const { port } = await answerOf<{ port: number }>(server);
  return { url: address(port), stop: () => void server.kill() };
}

/** A SvelteKit app with one route around the same intake, built a moment before. */
export async function startMinimal(env: Record<string, string>): Promise<Server> {
  await migrate(env);
  const built = await runTool('vite', ['build'], { cwd: minimal });
  if (!built.ok) throw new Error(`Building the minimal endpoint failed.\n${built.output}`);
  const port = await getPort({ host: '127.0.0.1' });
  const server = forkFile(`${minimal}/build/index.js`, {
    ...env,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    BODY_SIZE_LIMIT: '1M',
  });
  const answers = (): Promise<boolean> =>
    fetch(address(port)).then(
      () => true,
      () => false,
    );
  await waitUntil('the minimal endpoint to answer', answers);
  return { url: address(port), stop: () => void server.kill() };
}

async function migrate(env: Record<string, string>): Promise<void> {
  await withRuntime({ env }, (runtime) => migrateToLatest(runtime.db));
}

function address(port: number): string {
  return `http://127.0.0.1:${String(port)}/webhooks/stripe`;
}
