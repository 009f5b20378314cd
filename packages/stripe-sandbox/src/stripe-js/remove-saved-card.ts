import type { ElementCore } from './element-core.ts';
import { loadGroup, offerOf } from './group-session.ts';
import type { ElementsGroup } from './group-session.ts';
import { postToSandbox } from './sandbox-client.ts';

/** The shopper removes a saved card: it is detached by the customer session's leave. */
export async function removeSavedCard(
  group: ElementsGroup,
  core: ElementCore,
  methodId: string,
): Promise<void> {
  const answer = await postToSandbox<{ id: string }>(
    group.client,
    `/v1/elements/payment_methods/${encodeURIComponent(methodId)}/detach`,
    { customer_session_client_secret: group.customerSessionClientSecret },
  );
  group.session = undefined;
  const session = await loadGroup(group);
  core.listeners.emit('savedpaymentmethodremove', {
    elementType: 'payment',
    success: answer.ok,
    ...(answer.ok ? {} : { error: answer.error.message }),
    payment_method: { id: methodId, type: 'card' },
  });
  if (session.ok) core.offer(offerOf(session.body));
}
