import type { DemoKeys } from './demo-keys.ts';
import type { Ports } from './ports.ts';

/** Stands in until the sandbox has made the endpoint, and its secret with it. */
const secretBeforeRegistration = 'whsec_notRegisteredYet';

/** The variables that apps and worker run with against the sandbox. */
export function demoEnvironment(facts: {
  ports: Ports;
  dataDir: string;
  keys: DemoKeys;
  given: { env?: Record<string, string>; databaseUrl?: string | undefined };
}): Record<string, string> {
  const { ports, dataDir, keys, given } = facts;
  return {
    STOREFRONT_ORIGIN: `http://localhost:${String(ports.storefront)}`,
    ADMIN_ORIGIN: `http://localhost:${String(ports.admin)}`,
    SHOP_NAME: 'Onfile demo shop',
    // Everyone who tries it comes from this machine.
    ONFILE_IP_LIMIT_FACTOR: '100',
    ...given.env,
    ...(given.databaseUrl && { DATABASE_URL: given.databaseUrl }),
    HOST: '127.0.0.1',
    ONFILE_DATA_DIR: dataDir,
    ONFILE_AUTH_SECRET: keys.authSecret,
    STRIPE_SECRET_KEY: keys.secretKey,
    STRIPE_PUBLISHABLE_KEY: keys.publishableKey,
    STRIPE_WEBHOOK_SECRET: keys.webhook?.secret ?? secretBeforeRegistration,
    STRIPE_API_BASE: `http://127.0.0.1:${String(ports.sandbox)}`,
  };
}
