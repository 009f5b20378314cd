import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { answerRequest } from './answer-request.ts';
import type { Running } from './answer-request.ts';
import { registerChallengeRoutes } from './challenge-routes.ts';
import { registerPages } from './checkout-page/routes.ts';
import { createClock } from './clock.ts';
import type { Clock } from './clock.ts';
import type { SandboxContext } from './context.ts';
import { controlRoutes } from './control.ts';
import { startDeliveries } from './deliver-webhooks.ts';
import type { Deliveries } from './deliver-webhooks.ts';
import { refusal } from './errors.ts';
import { createFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { createHttpServer, listen } from './http-server.ts';
import { newId, randomText } from './ids.ts';
import { openDatabase } from './open-database.ts';
import { respond } from './respond.ts';
import { ENDPOINTS } from './routes.ts';
import { errorBody, errorOf } from './run-endpoint.ts';
import { startScheduler } from './settle-due.ts';
import { createStore } from './store.ts';
import type { Store } from './store.ts';

export type Sandbox = { url: string; port: number; close(): Promise<void> };

export type SandboxOptions = {
  /** 0 or absent: a free port. */
  port?: number;
  /** Loopback unless told otherwise. */
  host?: string;
  /** Where `sandbox.sqlite` lives; absent: in memory. */
  dataDir?: string;
  clock?: Clock;
  /** What Checkout calls the merchant. */
  accountName?: string;
};

/** Starts a sandbox over HTTP in this process. Throws a sentence when the port is in use. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const store = createStore(openDatabase(options.dataDir));
  const clock = options.clock ?? createClock(Number(store.setting('clock_offset_ms') ?? '0'));
  const unsubscribe = clock.onMove((offsetMs) => {
    store.saveSetting('clock_offset_ms', String(offsetMs));
  });
  const ctx: SandboxContext = {
    store,
    clock,
    baseUrl: '',
    accountName: options.accountName ?? 'Sandbox shop',
    fingerprintSalt: readSalt(store),
    wakeDeliveries: () => {
      deliveries.wake();
    },
  };
  const deliveries = startDeliveries(ctx);
  const faults = createFaults();
  const server = createHttpServer(buildApp(ctx, faults, deliveries));
  const host = options.host ?? '127.0.0.1';
  const port = await listen(server, options.port ?? 0, host).catch((error: unknown) => {
    store.close();
    throw error;
  });
  ctx.baseUrl = `http://${browserHost(host)}:${String(port)}`;
  const stopScheduler = startScheduler(ctx);
  deliveries.wake();
  return {
    url: ctx.baseUrl,
    port,
    async close() {
      faults.clear();
      stopScheduler();
      unsubscribe();
      await deliveries.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      store.close();
    },
  };
}

/** Mixed into card fingerprints: the same card, the same fingerprint, in this data folder only. */
function readSalt(store: Store): string {
  const known = store.setting('fingerprint_salt');
  if (known !== undefined) return known;
  const salt = randomText(40);
  store.saveSetting('fingerprint_salt', salt);
  return salt;
}

/** Where a browser reaches what listens on `host`. */
function browserHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function buildApp(
  ctx: SandboxContext,
  faults: Faults,
  deliveries: Deliveries,
): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const running: Running = new Set();
  // Browsers on other sites call the API with a publishable key, as they call Stripe's.
  app.use('/v1/*', cors({ origin: '*', maxAge: 600, exposeHeaders: ['Request-Id'] }));
  for (const endpoint of ENDPOINTS) {
    app.on(endpoint.method, endpoint.path, async (c) =>
      answerRequest(c, ctx, faults, running, endpoint),
    );
  }
  app.route('/_sandbox', controlRoutes(ctx, faults, deliveries));
  const pages = new Hono();
  registerChallengeRoutes(pages, ctx);
  registerPages(pages, ctx);
  app.route('/', pages);
  app.notFound((c) => {
    const { status, body } = refusal(
      404,
      `Unrecognized request URL (${c.req.method}: ${c.req.path.slice(0, 200)}). If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code. Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
    );
    const id = newId('req');
    return respond(c, id, { status, body: errorBody(body), originalId: id, replayed: false });
  });
  app.onError((thrown, c) => {
    const { status, body } = errorOf(thrown);
    const id = newId('req');
    return respond(c, id, { status, body: errorBody(body), originalId: id, replayed: false });
  });
  return app;
}
