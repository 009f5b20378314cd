import Stripe from 'stripe';
import type { Instant } from '@onfile/db/database.ts';
import { listEventTypes } from '@onfile/db/tables/event-types.ts';
import { Refusal } from '../../refusal.ts';
import type { Runtime } from '../../runtime.ts';
import { isPassing } from '../../stripe/classify-error.ts';
import { whyListened } from '../listened.ts';

export type EndpointProblem =
  'missing' | 'disabled' | 'types_missing' | 'version_differs' | 'several';

/** Where Stripe should send events: a setting of ours, never of the endpoint. */
export function endpointUrl(runtime: Pick<Runtime, 'settings'>): string {
  return `${runtime.settings.storefrontOrigin}/webhooks/stripe`;
}

export interface EndpointReport {
  url: string;
  /** The endpoint at Stripe that sends to this URL; null: there is none. */
  endpoint: { id: string; apiVersion: string | null; isEnabled: boolean } | null;
  wantedVersion: string;
  problems: EndpointProblem[];
  missingTypes: string[];
  /** Enabled and of no use here: each is kept and marked ignored. */
  uselessTypes: string[];
  /** Of each type that we listen to: why, and when it last came. */
  types: { type: string; why: string; lastReceivedAt: Instant | null }[];
}

/** The endpoints at Stripe that send to our URL, the newest first. @throws Refusal when Stripe does not say */
export async function listOurEndpoints(runtime: Runtime): Promise<Stripe.WebhookEndpoint[]> {
  try {
    const list = runtime.stripe.webhookEndpoints.list({ limit: 100 });
    const all = await list.autoPagingToArray({ limit: 1_000 });
    return all
      .filter((endpoint) => endpoint.url === endpointUrl(runtime))
      .sort((a, b) => b.created - a.created);
  } catch (error) {
    if (error instanceof Stripe.errors.StripePermissionError) {
      throw new Refusal('endpoint_not_asked');
    }
    if (isPassing(error)) throw new Refusal('stripe_unavailable');
    throw error;
  }
}

/**
 * Whether Stripe sends us what we need: to our URL, enabled, every type, in the version that we read.
 * @throws Refusal `endpoint_not_asked` for a key that may not read endpoints, `stripe_unavailable`
 */
export async function checkEndpoint(runtime: Runtime): Promise<EndpointReport> {
  const ours = await listOurEndpoints(runtime);
  const came = new Map(
    (await listEventTypes(runtime.db)).map((row) => [row.type, row.lastReceivedAt]),
  );
  const wanted = Object.entries(whyListened);
  const [endpoint] = ours;
  const enabled = endpoint?.enabled_events ?? [];
  const hears = (type: string): boolean => enabled.includes('*') || enabled.includes(type);
  const missingTypes = endpoint ? wanted.map(([type]) => type).filter((type) => !hears(type)) : [];
  return {
    url: endpointUrl(runtime),
    endpoint: endpoint
      ? {
          id: endpoint.id,
          apiVersion: endpoint.api_version,
          isEnabled: endpoint.status === 'enabled',
        }
      : null,
    wantedVersion: Stripe.API_VERSION,
    problems: problemsOf(ours, missingTypes),
    missingTypes,
    uselessTypes: enabled.filter((type) => !Object.hasOwn(whyListened, type)),
    types: wanted.map(([type, why]) => ({ type, why, lastReceivedAt: came.get(type) ?? null })),
  };
}

function problemsOf(ours: Stripe.WebhookEndpoint[], missingTypes: string[]): EndpointProblem[] {
  const [endpoint] = ours;
  if (!endpoint) return ['missing'];
  return [
    ...(endpoint.status === 'enabled' ? [] : (['disabled'] as const)),
    ...(missingTypes.length > 0 ? (['types_missing'] as const) : []),
    ...(endpoint.api_version === Stripe.API_VERSION ? [] : (['version_differs'] as const)),
    ...(ours.length > 1 ? (['several'] as const) : []),
  ];
}
