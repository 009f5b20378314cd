import { invalidRequest } from './errors.ts';
import { paramsOf, resolveNode } from './param-spec.ts';

/** Every API version there is, as the SDK lists them for webhook endpoints. */
const KNOWN = new Set(knownVersions());

function knownVersions(): string[] {
  const field = paramsOf('POST', '/v1/webhook_endpoints').fields.api_version;
  const node = field && resolveNode(field);
  return node?.t === 'enum' ? node.values : [];
}

/** A preview of any day; Stripe has one for each part of its API that is not public yet. */
const PREVIEW = /^\d{4}-\d{2}-\d{2}\.preview$/;
/** What comes after the version opts into a beta: `; custom_checkout_payment_form_preview=v1`. */
const MARKERS = /^(\s*[a-z0-9_]+=v\d+\s*;?)*$/;

/** Refuses a `Stripe-Version` that does not exist: 400, without code and param (stripe.md 4.12). */
export function checkVersion(header: string | null): void {
  if (header === null) return;
  const [version = '', ...markers] = header.split(';');
  const isKnown = KNOWN.has(version.trim()) || PREVIEW.test(version.trim());
  if (isKnown && MARKERS.test(markers.join(';'))) return;
  throw invalidRequest(`Invalid Stripe API version: ${header.slice(0, 50)}`);
}
