import type { Account } from '../context.ts';
import type { Endpoint } from '../endpoint.ts';
import { invalidRequest, resourceMissing } from '../errors.ts';
import { newClientSecret, newId } from '../ids.ts';
import { ownerFields, readOwner } from '../owner.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';
import { readComponents } from './customer-session-components.ts';

/** A Customer Session is good for half an hour. */
const LIVES_SECONDS = 30 * 60;

/** Lets a browser see and change a customer's saved methods, as far as its components allow. */
function createCustomerSession(account: Account, params: Params): object {
  const ownerId = readOwner(account, params);
  if (ownerId === undefined) {
    throw invalidRequest('You must provide one of these parameters: customer, customer_account.', {
      code: 'parameter_missing',
      param: 'customer',
    });
  }
  const id = newId('cuss');
  const now = account.ctx.clock.seconds();
  const session = {
    object: 'customer_session' as const,
    client_secret: newClientSecret(id),
    components: readComponents(params),
    created: now,
    ...ownerFields(ownerId),
    expires_at: now + LIVES_SECONDS,
    livemode: false,
  };
  account.ctx.store.insert(account.id, 'customer_session', {
    object: { ...session, id },
    hidden: {},
  });
  return session;
}

/** The session that a client secret opens: 400 for an unknown one, and after its half hour. */
export function findCustomerSession(
  account: Account,
  clientSecret: string,
): Row<'customer_session'>['object'] {
  const [id = ''] = clientSecret.split('_secret_', 1);
  const row = account.ctx.store.find(account.id, 'customer_session', id);
  const param = 'customer_session_client_secret';
  if (row === undefined || row.object.client_secret !== clientSecret) {
    throw resourceMissing('customer_session', '[client secret]', param, 'body');
  }
  if (row.object.expires_at <= account.ctx.clock.seconds()) {
    throw invalidRequest('This Customer Session has expired: make a new one.', { param });
  }
  return row.object;
}

export const CUSTOMER_SESSION_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/customer_sessions',
    answer: ({ account, params }) => createCustomerSession(account, params),
  },
];
