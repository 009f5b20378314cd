import type { DatabaseLocation } from '@onfile/db/connect.ts';
import type { Settings } from '@onfile/payments/settings.ts';

/** Settings for a runtime in a test. The keys' account in the sandbox is `storyAccount`. */
export function testSettings(
  database: DatabaseLocation,
  sandboxUrl: string,
  changed: Partial<Settings> = {},
): Settings {
  return {
    stripe: {
      mode: 'sandbox',
      secretKey: 'sk_test_storyAccount',
      publishableKey: 'pk_test_storyAccount',
      webhookSecrets: ['whsec_notRegisteredYet'],
      accountId: null,
      apiBase: new URL(sandboxUrl),
      rateLimits: 'off',
    },
    database,
    dataDir: './data',
    storefrontOrigin: 'http://localhost:3000',
    adminOrigin: 'http://localhost:3001',
    authSecret: 'only-for-tests-only-for-tests-only-for-tests',
    shopName: 'Story shop',
    timeZone: 'Europe/Berlin',
    holdAlertHours: [48, 12],
    upcomingChargeDays: 3,
    eventPayloadDays: 30,
    extendedHolds: false,
    checkoutWay: 'embedded_page',
    bankDebits: true,
    customerPortal: false,
    removeInCheckout: true,
    customers: { model: 'customers', accountsVersion: null },
    mail: { smtpUrl: null, from: 'shop@story.test', staffAddress: 'staff@story.test' },
    limits: { ipFactor: 1 },
    captcha: null,
    observability: { metricsToken: null, workerProbes: null, readyBacklogSeconds: 300 },
    maxChargeMajor: 10_000,
    logLevel: 'silent',
    clockOffsetMs: 0,
    ...changed,
  };
}
