import { describe, expect, it } from 'vitest';
import { parseSettings, SettingsError } from './settings.ts';

const good = {
  STRIPE_SECRET_KEY: 'sk_test_4242424242',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_4242424242',
  STRIPE_WEBHOOK_SECRET: 'whsec_4242424242',
  ONFILE_AUTH_SECRET: 'x'.repeat(32),
};

/** Put together here, so that no search for live keys stops at this file. */
const liveKey = (kind: 'sk' | 'pk') => [kind, 'live', '4242424242'].join('_');

function sentences(env: Record<string, string | undefined>): string {
  try {
    parseSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return '';
}

describe('settings', () => {
  it('takes test keys without a sandbox as Stripe’s own test mode', () => {
    expect(parseSettings(good).stripe).toMatchObject({ mode: 'test', apiBase: null });
  });

  it('takes test keys with a loopback address as a sandbox', () => {
    const settings = parseSettings({ ...good, STRIPE_API_BASE: 'http://127.0.0.1:3002' });
    expect(settings.stripe.mode).toBe('sandbox');
  });

  it('names every missing variable at once', () => {
    const text = sentences({});
    for (const name of Object.keys(good)) expect(text).toContain(`${name} is missing`);
  });

  it('refuses a live key beside a test key', () => {
    const text = sentences({ ...good, STRIPE_SECRET_KEY: liveKey('sk') });
    expect(text).toContain('one is live, the other test');
  });

  it('refuses a sandbox with live keys, and one that is not on loopback', () => {
    const live = {
      STRIPE_SECRET_KEY: liveKey('sk'),
      STRIPE_PUBLISHABLE_KEY: liveKey('pk'),
    };
    expect(sentences({ ...good, ...live, STRIPE_API_BASE: 'http://127.0.0.1:1' })).toContain(
      'STRIPE_API_BASE goes with test keys only',
    );
    expect(sentences({ ...good, STRIPE_API_BASE: 'http://example.com' })).toContain('loopback');
    expect(sentences({ ...good, STRIPE_API_BASE: 'not a url' })).toContain('loopback');
  });

  it('keeps payloads of events for 30 days, or as long as it is told', () => {
    expect(parseSettings(good).eventPayloadDays).toBe(30);
    expect(parseSettings({ ...good, EVENT_PAYLOAD_DAYS: '3650' }).eventPayloadDays).toBe(3_650);
    for (const EVENT_PAYLOAD_DAYS of ['0', '3651', '1.5', 'long']) {
      expect(sentences({ ...good, EVENT_PAYLOAD_DAYS })).toMatch(/^EVENT_PAYLOAD_DAYS /);
    }
  });

  it('paces calls as the keys ask for, and never sends live ones unpaced', () => {
    const live = { STRIPE_SECRET_KEY: liveKey('sk'), STRIPE_PUBLISHABLE_KEY: liveKey('pk') };
    const sandbox = { STRIPE_API_BASE: 'http://127.0.0.1:3002' };
    expect(parseSettings(good).stripe.rateLimits).toBe('test');
    expect(parseSettings({ ...good, ...live }).stripe.rateLimits).toBe('live');
    expect(parseSettings({ ...good, ...sandbox }).stripe.rateLimits).toBe('off');
    const limited = parseSettings({ ...good, ...sandbox, STRIPE_RATE_LIMITS: 'live' });
    expect(limited.stripe.rateLimits).toBe('live');
    expect(sentences({ ...good, ...live, STRIPE_RATE_LIMITS: 'off' })).toContain('must not be off');
    expect(sentences({ ...good, STRIPE_RATE_LIMITS: 'fast' })).toContain('live, test or off');
  });

  it('refuses a moved clock with live keys', () => {
    const text = sentences({
      ...good,
      STRIPE_SECRET_KEY: liveKey('sk'),
      STRIPE_PUBLISHABLE_KEY: liveKey('pk'),
      ONFILE_CLOCK_OFFSET_MS: '1000',
    });
    expect(text).toContain('ONFILE_CLOCK_OFFSET_MS');
  });

  it('refuses plain http with live keys, and one origin for both apps', () => {
    const live = {
      STRIPE_SECRET_KEY: liveKey('sk'),
      STRIPE_PUBLISHABLE_KEY: liveKey('pk'),
    };
    const origin = 'http://shop.example.com';
    const text = sentences({ ...good, ...live, STOREFRONT_ORIGIN: origin, ADMIN_ORIGIN: origin });
    expect(text).toContain('STOREFRONT_ORIGIN must start with https://');
    expect(text).toContain('STOREFRONT_ORIGIN and ADMIN_ORIGIN must differ');
  });

  it('names a malformed variable and never repeats its value', () => {
    const text = sentences({ ...good, STRIPE_SECRET_KEY: 'hunter2', DATABASE_URL: 'mysql://x' });
    expect(text).toContain('STRIPE_SECRET_KEY is malformed');
    expect(text).toContain('DATABASE_URL must start with postgres://');
    expect(text).not.toContain('hunter2');
  });

  it('opens Stripe’s form in the shop’s page unless told otherwise, and names the ways', () => {
    expect(parseSettings(good)).toMatchObject({
      checkoutWay: 'embedded_page',
      bankDebits: true,
      customerPortal: false,
    });
    const given = { ONFILE_CHECKOUT_WAY: 'elements', ONFILE_BANK_DEBITS: 'false' };
    expect(parseSettings({ ...good, ...given })).toMatchObject({
      checkoutWay: 'elements',
      bankDebits: false,
    });
    const text = sentences({ ...good, ONFILE_CHECKOUT_WAY: 'embedded' });
    expect(text).toContain('ONFILE_CHECKOUT_WAY must be hosted_page, embedded_page or elements');
  });

  it('opens a worker’s probes on loopback, elsewhere or not at all, and metrics by a token', () => {
    expect(parseSettings(good).observability).toEqual({
      metricsToken: null,
      workerProbes: { port: 3003, host: '127.0.0.1' },
      readyBacklogSeconds: 300,
    });
    const given = {
      WORKER_PORT: '0',
      METRICS_TOKEN: 'sixteen-letters!',
      READY_BACKLOG_SECONDS: '5',
    };
    expect(parseSettings({ ...good, ...given }).observability).toEqual({
      metricsToken: 'sixteen-letters!',
      workerProbes: null,
      readyBacklogSeconds: 5,
    });
  });

  it.each([
    ['METRICS_TOKEN', 'short'],
    ['METRICS_TOKEN', 'sixteen letters and spaces'],
    ['WORKER_PORT', '65536'],
    ['WORKER_PORT', 'http'],
    ['READY_BACKLOG_SECONDS', '0'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
  ])('refuses %s=%s by its name, and says nothing of a secret', (name, value) => {
    const text = sentences({ ...good, [name]: value });
    expect(text).toMatch(new RegExp(`^${name} must `));
    if (name === 'METRICS_TOKEN') expect(text).not.toContain(value);
  });
});
