import { resourceMissing } from '../errors.ts';
import { ownerIdOf } from '../owner.ts';
import { detach } from '../resources/attach-payment-method.ts';
import { makeSetupIntent } from '../resources/build-setup-intent.ts';
import { changeDefaultMethod } from '../resources/default-method.ts';
import type { Row } from '../stored-objects.ts';
import type { OpenPortal } from './find-portal-session.ts';

/** Only what the session's owner has saved; 404 for everything else. */
function getOwnMethod({ account, ownerId }: OpenPortal, id: string): Row<'payment_method'> {
  const row = account.ctx.store.find(account.id, 'payment_method', id);
  if (row !== undefined && ownerIdOf(row.object) === ownerId) return row;
  throw resourceMissing('PaymentMethod', id, 'payment_method', 'path');
}

/** Removes a saved method. Events: payment_method.detached, customer.updated if it was the default. */
export function removePortalMethod(portal: OpenPortal, methodId: string): void {
  const { account } = portal;
  account.ctx.store.transaction(() => {
    detach(account, getOwnMethod(portal, methodId));
  });
}

/** Makes a saved method the default. Event: customer.updated. */
export function setPortalDefault(portal: OpenPortal, methodId: string): void {
  const { account, ownerId } = portal;
  account.ctx.store.transaction(() => {
    changeDefaultMethod(account, ownerId, getOwnMethod(portal, methodId).object.id);
  });
}

/**
 * Begins to add a card: the page confirms the SetupIntent with this secret, its publishable key and
 * the card, as any browser does, 3D Secure included; the card is attached when that has gone well.
 */
export function startPortalSetup({ account, ownerId }: OpenPortal): { client_secret: string } {
  return account.ctx.store.transaction(() => {
    const { object } = makeSetupIntent(account, {
      customer: ownerId,
      description: null,
      metadata: {},
      usage: 'off_session',
      automaticPaymentMethods: null,
      sessionId: null,
    });
    return { client_secret: object.client_secret ?? '' };
  });
}
