import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { answerRequest } from './answer-request.ts';
import type { Gate } from './answer-request.ts';
import { createBankOverrides } from './bank-overrides.ts';
import { registerChallengeRoutes } from './challenge-routes.ts';
import { registerPages } from './checkout-page/routes.ts';
import { registerRecoveryRoutes } from './checkout/recovery-routes.ts';
import { createClock } from './clock.ts';
import type { Clock } from './clock.ts';
import type { SandboxContext } from './context.ts';
import { controlRoutes } from './control/control-routes.ts';
import { RETRY_SECONDS, startDeliveries } from './deliver-webhooks.ts';
import type { Deliveries } from './deliver-webhooks.ts';
import { refusal } from './errors.ts';
import { createFaults } from './faults.ts';
import { createHttpServer, listen } from './http-server.ts';
import { newId, randomText } from './ids.ts';
import { createLimits } from './limits.ts';
import type { RateLimitMode } from './limits.ts';
import { openDatabase } from './open-database.ts';
import { createRequestLog } from './request-log.ts';
import { respond } from './respond.ts';
import { registerPortalRoutes } from './portal/portal-routes.ts';
import { ENDPOINTS } from './routes.ts';
import { errorBody, errorOf } from './run-endpoint.ts';
import { startScheduler } from './settle-due.ts';
import { createStore } from './store.ts';
import type { Store } from './store.ts';
import { createWebhookFaults } from './webhook-faults.ts';

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
  /** Requests a second as in test mode or as live (stripe.md 4.12); off when absent. */
  rateLimits?: RateLimitMode;
  /** How failed deliveries are tried again: `stripe` (within hours) when absent, or `quick`. */
  webhookRetries?: keyof typeof RETRY_SECONDS;
  /** Its terms of service; null: the account has none. */
  termsUrl?: string | null;
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
    termsUrl: options.termsUrl === undefined ? 'https://example.com/terms' : options.termsUrl,
    fingerprintSalt: readSalt(store),
    wakeDeliveries: () => {
      deliveries.wake();
    },
    requests: createRequestLog(),
    bank: createBankOverrides(),
    webhookFaults: createWebhookFaults(),
    listeners: new Map(),
  };
  const deliveries = startDeliveries(ctx, RETRY_SECONDS[options.webhookRetries ?? 'stripe']);
  const gate: Gate = {
    faults: createFaults(),
    limits: createLimits(clock, options.rateLimits ?? 'off'),
    busy: new Set(),
  };
  const server = createHttpServer(buildApp(ctx, gate, deliveries));
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
      gate.faults.clear();
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

const allowAll = cors({ origin: '*', maxAge: 600, exposeHeaders: ['Request-Id'] });

/** Only browsers say where they come from; everybody else is spared the work. */
const forBrowsers: typeof allowAll = async (c, next) => {
  if (c.req.header('origin') === undefined) await next();
  else return allowAll(c, next);
};

function buildApp(
  ctx: SandboxContext,
  gate: Gate,
  deliveries: Deliveries,
): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  // Browsers on other sites call the API with a publishable key, as they call Stripe's.
  app.use('/v1/*', forBrowsers);
  for (const endpoint of ENDPOINTS) {
    app.on(endpoint.method, endpoint.path, async (c) => answerRequest(c, ctx, gate, endpoint));
  }
  app.route('/_sandbox', controlRoutes(ctx, gate, deliveries));
  const pages = new Hono();
  registerChallengeRoutes(pages, ctx);
  registerPortalRoutes(pages, ctx);
  registerPages(pages, ctx);
  registerRecoveryRoutes(pages, ctx);
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
