import { createHash } from 'node:crypto';
import Stripe from 'stripe';
import type { Actor } from '../../audit.ts';
import { audit } from '../../audit.ts';
import type { Runtime } from '../../runtime.ts';
import { listenedTypes } from '../listened.ts';
import { checkEndpoint, endpointUrl, listOurEndpoints } from './check-endpoint.ts';
import type { EndpointReport } from './check-endpoint.ts';

export interface Mended {
  /** `version_kept`: it is right but for its version, which only another endpoint can have. */
  done: 'nothing' | 'updated' | 'created' | 'version_kept';
  /** The signing secret of a new endpoint, which Stripe tells only now. */
  secret: string | null;
  report: EndpointReport;
}

type By = Extract<Actor, { id: string }>;

/**
 * Brings the endpoint at Stripe to what we need: enabled, with every type. A version cannot be changed.
 * @throws Refusal as {@link checkEndpoint}
 */
export async function mendEndpoint(runtime: Runtime, actor: By): Promise<Mended> {
  const before = await checkEndpoint(runtime);
  const { endpoint } = before;
  const isRight = !before.problems.some((it) => it === 'disabled' || it === 'types_missing');
  if (!endpoint) return { done: 'nothing', secret: null, report: before };
  if (isRight) {
    const done = before.problems.includes('version_differs') ? 'version_kept' : 'nothing';
    return { done, secret: null, report: before };
  }
  await runtime.stripe.webhookEndpoints.update(endpoint.id, {
    enabled_events: listenedTypes,
    disabled: false,
  });
  await note(runtime, actor, 'webhooks.endpoint_mended', endpoint.id);
  return { done: 'updated', secret: null, report: await checkEndpoint(runtime) };
}

/**
 * Makes an endpoint at Stripe where there is none, or one of our version beside an older one: both send
 * then, an event that comes twice is one, and the older is removed once the new secret is in the settings.
 */
export async function createEndpoint(runtime: Runtime, actor: By): Promise<Mended> {
  const ours = await listOurEndpoints(runtime);
  if (ours.some((endpoint) => endpoint.api_version === Stripe.API_VERSION)) {
    return mendEndpoint(runtime, actor);
  }
  const url = endpointUrl(runtime);
  const made = await runtime.stripe.webhookEndpoints.create(
    { url, api_version: Stripe.API_VERSION, enabled_events: listenedTypes },
    { idempotencyKey: keyOf(url, ours) },
  );
  await note(runtime, actor, 'webhooks.endpoint_created', made.id);
  const report = await checkEndpoint(runtime);
  return { done: 'created', secret: made.secret ?? null, report };
}

/** A create whose answer was lost is not made twice when it is asked for again. */
function keyOf(url: string, beside: Stripe.WebhookEndpoint[]): string {
  const ids = beside.map((endpoint) => endpoint.id).join(' ');
  const digest = createHash('sha256').update(`${url} ${Stripe.API_VERSION} ${ids}`).digest('hex');
  return `create_endpoint:${digest.slice(0, 32)}`;
}

async function note(runtime: Runtime, actor: By, action: string, id: string): Promise<void> {
  const subject = { kind: 'webhooks' as const, id };
  await audit(runtime.db, runtime.clock, { actor, action, subject });
}
