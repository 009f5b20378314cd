import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkEndpoint, endpointUrl } from '../src/webhooks/endpoint/check-endpoint.ts';
import { createEndpoint, mendEndpoint } from '../src/webhooks/endpoint/mend-endpoint.ts';
import { listenedTypes, unheard } from '../src/webhooks/listened.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';
import { receiveStripeEvent } from '../src/webhooks/receive-stripe-event.ts';

const operator = { kind: 'operator', id: 'ann' } as const;

describeOnBothDatabases('the webhook endpoint at Stripe', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  it('is made with every type and our version, and its secret is told once', async () => {
    expect(await checkEndpoint(test.runtime)).toMatchObject({
      endpoint: null,
      problems: ['missing'],
    });
    const made = await createEndpoint(test.runtime, operator);
    expect(made).toMatchObject({ done: 'created', report: { problems: [], missingTypes: [] } });
    expect(made.secret).toMatch(/^whsec_/);
    expect(await createEndpoint(test.runtime, operator)).toMatchObject({
      done: 'nothing',
      secret: null,
    });
    const facts = await test.runtime.db
      .selectFrom('auditLog')
      .select(['action', 'actorId', 'details'])
      .execute();
    expect(facts).toEqual([{ action: 'webhooks.endpoint_created', actorId: 'ann', details: '{}' }]);
  });

  it('is one, when the answer of its making was lost', async () => {
    await test.control.fault({
      method: 'POST',
      path: '/v1/webhook_endpoints',
      action: 'reset_after',
      times: 2,
    });
    await expect(createEndpoint(test.runtime, operator)).rejects.toThrow();
    await createEndpoint(test.runtime, operator);
    expect(await test.control.objects('webhook_endpoint')).toHaveLength(1);
  });

  it('is said to lack what it lacks, and mended', async () => {
    const { id } = await test.runtime.stripe.webhookEndpoints.create({
      url: endpointUrl(test.runtime),
      api_version: '2026-10-28.endive',
      enabled_events: ['payment_intent.succeeded', 'customer.created'],
    });
    await test.runtime.stripe.webhookEndpoints.update(id, { disabled: true });
    const report = await checkEndpoint(test.runtime);
    expect(report).toMatchObject({
      endpoint: { id, isEnabled: false },
      problems: ['disabled', 'types_missing'],
      uselessTypes: ['customer.created'],
    });
    expect(report.missingTypes).toHaveLength(listenedTypes.length - 1);
    expect(await mendEndpoint(test.runtime, operator)).toMatchObject({
      done: 'updated',
      report: { problems: [], missingTypes: [], uselessTypes: [] },
    });
  });

  it('of an older version gets one of ours beside it, since a version cannot be changed', async () => {
    await test.runtime.stripe.webhookEndpoints.create({
      url: endpointUrl(test.runtime),
      api_version: '2025-03-31.basil',
      enabled_events: ['*'],
    });
    expect(await checkEndpoint(test.runtime)).toMatchObject({ problems: ['version_differs'] });
    expect(await mendEndpoint(test.runtime, operator)).toMatchObject({ done: 'version_kept' });
    expect(await createEndpoint(test.runtime, operator)).toMatchObject({
      done: 'created',
      report: { problems: ['several'] },
    });
  });

  it('knows when an event of each type last came', async () => {
    const payload = JSON.stringify({
      id: 'evt_1',
      object: 'event',
      api_version: '2026-10-28.endive',
      created: 1,
      livemode: false,
      type: 'payment_method.updated',
      data: { object: { id: 'pm_nobodys' } },
    });
    const signatureHeader = test.runtime.stripe.webhooks.generateTestHeaderString({
      payload,
      secret: test.runtime.settings.stripe.webhookSecrets[0] ?? '',
      timestamp: Math.floor(test.clock.now() / 1000),
    });
    await receiveStripeEvent(test.runtime, { rawBody: Buffer.from(payload), signatureHeader });
    await processInbox(test.runtime);
    const { types } = await checkEndpoint(test.runtime);
    const came = types.filter((type) => type.lastReceivedAt !== null);
    expect(came).toMatchObject([{ type: 'payment_method.updated' }]);
    expect(types.every((type) => type.why.length > 5)).toBe(true);
  });

  it('is refused in words to a key that may not read endpoints', async () => {
    const forbidden = { method: 'GET', path: '/v1/webhook_endpoints', action: 'status' } as const;
    await test.control.fault({ ...forbidden, status: 403 });
    await expect(checkEndpoint(test.runtime)).rejects.toMatchObject({ code: 'endpoint_not_asked' });
    await test.control.fault({ ...forbidden, status: 503 });
    await expect(checkEndpoint(test.runtime)).rejects.toMatchObject({ code: 'stripe_unavailable' });
  });

  it('leaves out what Stripe sends and we need not hear, with a reason for each', () => {
    const heard: string[] = listenedTypes;
    expect(Object.keys(unheard).filter((type) => heard.includes(type))).toEqual([]);
  });
});
