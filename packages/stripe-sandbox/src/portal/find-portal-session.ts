import { findOwner } from '../context.ts';
import type { Account, SandboxContext } from '../context.ts';
import { refusal } from '../errors.ts';
import { ownerIdOf } from '../owner.ts';
import type { Row } from '../stored-objects.ts';

export type OpenPortal = {
  account: Account;
  session: Row<'billing_portal.session'>;
  /** The customer or account whose methods it shows. */
  ownerId: string;
};

/** A portal's address is good for an hour. */
const LIVES_SECONDS = 60 * 60;

/** The session whose address holds this token; 404 for an unknown one, and after its hour. */
export function findPortalSession(ctx: SandboxContext, token: string): OpenPortal {
  const id = `bps_${/^test_([A-Za-z0-9]{24})/.exec(token)?.[1] ?? ''}`;
  const account = findOwner(ctx, id);
  const session = account && ctx.store.find(account.id, 'billing_portal.session', id);
  const ownerId = session === undefined ? null : ownerIdOf(session.object);
  if (
    account === undefined ||
    session === undefined ||
    ownerId === null ||
    session.hidden.token !== token ||
    session.object.created + LIVES_SECONDS <= ctx.clock.seconds()
  ) {
    throw refusal(404, 'This link has expired. Go back to the shop and open the portal again.');
  }
  return { account, session, ownerId };
}
