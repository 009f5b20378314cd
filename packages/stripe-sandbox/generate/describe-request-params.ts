import { openSdk } from './open-sdk.ts';
import { readEndpoints } from './read-endpoints.ts';
import { createShapeReader } from './read-shape.ts';

/** The calls the sandbox has or may get. A `/**` at the end takes in every path below. */
const COVERED = [
  '/v1/account',
  '/v1/balance_transactions/**',
  '/v1/billing_portal/sessions/**',
  '/v1/charges/**',
  '/v1/checkout/sessions/**',
  '/v1/confirmation_tokens/**',
  '/v1/customer_sessions/**',
  '/v1/customers',
  '/v1/customers/:id',
  '/v1/customers/search',
  '/v1/customers/:id/payment_methods/**',
  '/v1/disputes/**',
  '/v1/events/**',
  '/v1/files/**',
  '/v1/mandates/**',
  '/v1/payment_intents/**',
  '/v1/payment_method_configurations/**',
  '/v1/payment_methods/**',
  '/v1/prices/**',
  '/v1/products/**',
  '/v1/refunds/**',
  '/v1/setup_attempts/**',
  '/v1/setup_intents/**',
  '/v1/test_helpers/confirmation_tokens/**',
  '/v1/test_helpers/refunds/**',
  '/v1/webhook_endpoints/**',
  '/v2/core/accounts',
  '/v2/core/accounts/:id',
  '/v2/core/accounts/:id/close',
];

/**
 * What each call of the installed SDK takes, as the text of `src/generated/request-params.json`: its
 * parameters by method and path, each type once. The same SDK gives the same bytes.
 */
export function describeRequestParams(): string {
  const sdk = openSdk();
  const shapes = createShapeReader(sdk);
  const endpoints: Record<string, string | null> = {};
  for (const { key, path, params } of readEndpoints(sdk)) {
    if (!isCovered(path)) continue;
    const shape = params && shapes.read(params);
    if (shape && shape.t !== 'ref') throw new Error(`The parameters of ${key} have no name.`);
    endpoints[key] = shape ? shape.name : null;
  }
  const { version: stripe, apiVersion } = sdk;
  return `${JSON.stringify({ stripe, apiVersion, endpoints, types: shapes.types })}\n`;
}

function isCovered(path: string): boolean {
  return COVERED.some((covered) => {
    const folder = covered.endsWith('/**') ? covered.slice(0, -3) : undefined;
    return path === (folder ?? covered) || (folder && path.startsWith(`${folder}/`));
  });
}
