import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConstellation } from '../src/constellation.ts';
import type { Constellation } from '../src/constellation.ts';
import { waitUntil } from '../src/wait-until.ts';
import { collectSpans } from './collect-spans.ts';

const token = 'only-for-this-story';
/** Random enough to be found nowhere by chance. */
const planted = 'pl4nt3dpl4nt3dpl4nt3dpl4nt3d';

/** Node's own list of the scripts that a process had loaded, from all of what it left in the folder. */
async function loadedScripts(folder: string): Promise<string> {
  const files = await readdir(folder);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts
    .flatMap((text) => (JSON.parse(text) as { result: { url: string }[] }).result)
    .map(({ url }) => url)
    .join('\n');
}

/** Spans leave in batches. */
const batchMs = 20_000;

describe('processes that are watched', () => {
  let onfile: Constellation;
  let collector: Awaited<ReturnType<typeof collectSpans>>;
  let loaded: string;
  beforeAll(async () => {
    loaded = await mkdtemp(join(tmpdir(), 'onfile-loaded-'));
    collector = await collectSpans();
    onfile = await startConstellation({
      env: {
        METRICS_TOKEN: token,
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_BSP_SCHEDULE_DELAY: '100',
        NODE_V8_COVERAGE: loaded,
      },
    });
  }, 180_000);
  afterAll(async () => {
    await onfile.stop();
    collector.close();
    await rm(loaded, { recursive: true, force: true });
  });

  const urlOf = (name: 'storefront' | 'admin' | 'worker') => onfile[`${name}Url`];
  const all = ['storefront', 'admin', 'worker'] as const;

  it.each(all)('the %s says that it is alive and ready', async (name) => {
    const alive = await fetch(`${urlOf(name)}/healthz`);
    expect([alive.status, await alive.text()]).toEqual([200, 'alive\n']);
    expect(alive.headers.get('x-content-type-options')).toBe('nosniff');
    expect(alive.headers.get('set-cookie')).toBe(null);
    const ready = await fetch(`${urlOf(name)}/readyz`);
    expect(ready.status).toBe(200);
    expect(ready.headers.get('cache-control')).toContain('no-store');
    expect(await ready.json()).toMatchObject({
      isReady: true,
      checks: [
        { name: 'database' },
        { name: 'migrations' },
        { name: 'backlog' },
        { name: 'stripe' },
      ],
    });
  });

  it.each(all)('the %s gives metrics to whoever bears the token, and nobody else', async (name) => {
    const ask = (authorization?: string) =>
      fetch(`${urlOf(name)}/metrics`, { headers: authorization ? { authorization } : {} });
    expect((await ask()).status).toBe(404);
    expect((await ask(`Bearer ${token}x`)).status).toBe(404);
    expect((await ask(`Bearer ${token.slice(0, -1)}`)).status).toBe(404);
    expect((await ask(token)).status).toBe(404);
    const text = await (await ask(`Bearer ${token}`)).text();
    expect(text).toContain('onfile_rows_waiting{table="stripe_events"} ');
    expect(text).toContain('process_resident_memory_bytes ');
  });

  it.each(['storefront', 'admin'] as const)('the %s has no line for a probe', async (name) => {
    await fetch(`${urlOf(name)}/healthz`);
    await fetch(`${urlOf(name)}/sign-in`);
    await waitUntil('the page is logged', () => onfile.output(name).includes('"route":"/sign-in"'));
    expect(onfile.output(name)).not.toMatch(/healthz|readyz|\/metrics/);
  });

  it.each(['storefront', 'admin'] as const)(
    'a span of each request of the %s arrives under its request’s id',
    async (name) => {
      const answer = await fetch(`${urlOf(name)}/sign-in`);
      const requestId = answer.headers.get('x-request-id');
      const span = await waitUntil(
        'the span arrives',
        () => collector.spans().find((one) => one.attributes['onfile.request_id'] === requestId),
        batchMs,
      );
      expect(span).toMatchObject({
        name: 'sveltekit.handle.root',
        service: `onfile-${name}`,
        attributes: { 'http.method': 'GET', 'http.route': '/sign-in' },
      });
    },
  );

  it('a delivery, too, has a span and a log line under one id', async () => {
    const answer = await fetch(`${urlOf('storefront')}/webhooks/stripe`, { method: 'POST' });
    expect(answer.status).toBe(400);
    const span = await waitUntil(
      'the span arrives',
      () => collector.spans().find((one) => one.name === 'POST /webhooks/stripe'),
      batchMs,
    );
    expect(span).toMatchObject({
      service: 'onfile-storefront',
      attributes: { 'http.route': '/webhooks/stripe', 'onfile.result.status': 400 },
    });
    const line = onfile.output('storefront').match(/^.*webhook refused.*$/m)?.[0];
    expect(line).toContain(span.attributes['onfile.request_id']);
  });

  it('no secret of an address is in a span or a log line', async () => {
    const secret = `payment_intent_client_secret=pi_1_secret_${planted}`;
    for (const path of [
      `/recover/${planted}`,
      `/account/payment-methods/return?${secret}`,
      `/orders/order_1/return?${secret}`,
      `/nowhere/${planted}?${secret}`,
    ]) {
      await (await fetch(`${onfile.storefrontUrl}${path}`, { redirect: 'manual' })).text();
    }
    const last = await fetch(`${onfile.storefrontUrl}/sign-in?next=/x/${planted}`);
    const requestId = last.headers.get('x-request-id');
    await waitUntil(
      'the last span arrives',
      () => collector.spans().some((span) => span.attributes['onfile.request_id'] === requestId),
      batchMs,
    );
    expect(collector.text()).toContain('/recover/[token]');
    // Those who ask how the process is ask too often to be told of.
    expect(collector.text()).not.toMatch(/healthz|readyz|metrics/);
    expect(collector.text()).not.toContain(planted);
    expect(onfile.output('storefront')).not.toContain(planted);
  });

  it('loads OpenTelemetry’s SDK with the setting, and not without', async () => {
    await onfile.kill('storefront', 'SIGTERM');
    expect(await loadedScripts(loaded)).toContain('@opentelemetry/sdk-trace/');
    const folder = await mkdtemp(join(tmpdir(), 'onfile-loaded-'));
    const without = { OTEL_EXPORTER_OTLP_ENDPOINT: '', NODE_V8_COVERAGE: folder };
    await onfile.startChild('storefront', without);
    expect((await fetch(`${onfile.storefrontUrl}/sign-in`)).status).toBe(200);
    await onfile.kill('storefront', 'SIGTERM');
    const scripts = await loadedScripts(folder);
    await rm(folder, { recursive: true, force: true });
    expect(scripts).toContain('apps/storefront/build/server/');
    expect(scripts).not.toMatch(/@opentelemetry\/(?!api)/);
  });

  it('ends with a sentence when the collector’s address is none', async () => {
    const start = onfile.startChild('storefront', {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318',
    });
    await expect(start).rejects.toThrow(/OTEL_EXPORTER_OTLP_ENDPOINT must be a URL/);
    expect(onfile.output('storefront')).not.toMatch(/\n\s+at /);
  });
});
