import { inTransaction } from '@onfile/db/transaction.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { confirmIntent, endChallenge } from '@onfile/dev-env/confirm-intent.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { withdrawAgreement } from '@onfile/payments/agreements/withdraw-agreement.ts';
import { settlePaymentSession } from '@onfile/payments/checkout/settle-payment-session.ts';
import { detachPaymentMethod } from '@onfile/payments/payment-methods/detach-payment-method.ts';
import { ensureRecoveryLink } from '@onfile/payments/recovery/ensure-recovery-link.ts';
import { openRecovery } from '@onfile/payments/recovery/open-recovery.ts';
import { recoveryToken } from '@onfile/payments/recovery/recovery-token.ts';
import { startRecoverySession } from '@onfile/payments/recovery/start-recovery-session.ts';
import { startSameIntent } from '@onfile/payments/recovery/start-same-intent.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import type { ShopperDeed } from './steps.ts';
import { pick } from './pick.ts';
import type { World } from './world.ts';

/** What a shopper does on their pages and on Stripe's; `runtime` is the storefront that serves them. */
export async function shopperDoes(
  world: World,
  runtime: Runtime,
  by: { deed: ShopperDeed; which: number; card: string },
): Promise<void> {
  const on = pick(world.onFile, by.which);
  const customerId = on.customer.id;
  switch (by.deed) {
    case 'remove_card':
      await detachPaymentMethod(runtime, { customerId, paymentMethodId: on.method.id });
      return;
    case 'save_card':
      await saveCard(
        { runtime, sandbox: world.sandbox },
        `shopper-${String(by.which % 2)}`,
        by.card,
      );
      return;
    case 'withdraw':
      await withdrawAgreement(runtime, { customerId, agreementId: on.agreementId });
      return;
    case 'open_page':
      return openPage(world, runtime, by.which);
    case 'finish_page':
      return finishPage(world, runtime, by);
    case 'same_intent':
      return paySameIntent(world, runtime, by);
  }
}

async function tokenOf(world: World, which: number): Promise<string | null> {
  const owed = await world.runtime.db
    .selectFrom('payments')
    .select('id')
    .where('status', 'in', ['requires_payment_method', 'requires_action', 'scheduled'])
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  if (owed.length === 0) return null;
  const { id } = pick(owed, which);
  const { db, settings } = world.runtime;
  const link = await inTransaction(db, (tx) => ensureRecoveryLink(tx, world.runtime, id, null));
  return recoveryToken(settings.authSecret, link.id);
}

async function openPage(world: World, runtime: Runtime, which: number): Promise<void> {
  const token = await tokenOf(world, which);
  if (token === null) return;
  const keep = which % 2 === 0;
  const start = { token, uiMode: 'embedded_page' as const, keep };
  const { clientSecret } = await startRecoverySession(runtime, start);
  if (clientSecret) world.pages.push(clientSecret.split('_secret_')[0] ?? '');
}

/** The page may have ended meanwhile; then nothing comes of it. */
async function finishPage(
  world: World,
  runtime: Runtime,
  by: { which: number; card: string },
): Promise<void> {
  if (world.pages.length === 0) return;
  const page = pick(world.pages, by.which);
  const bank = by.which % 5 === 0 ? 'fail' : 'complete';
  await atStripe(() => completeSetup(world, page, by.card, { bank }));
  // Every other shopper closes the window before it leads back to the shop.
  if (by.which % 2 === 0) await settlePaymentSession(runtime, page, { kind: 'stripe' });
}

async function paySameIntent(
  world: World,
  runtime: Runtime,
  by: { which: number; card: string },
): Promise<void> {
  const token = await tokenOf(world, by.which);
  if (token === null) return;
  const { clientSecret } = await startSameIntent(runtime, token);
  await atStripe(async () => {
    await confirmIntent(world, clientSecret, by.card);
    const outcome = by.which % 4 === 0 ? 'fail' : 'complete';
    if (by.which % 3 !== 0) await endChallenge(world.sandbox, clientSecret, outcome);
  });
  if (by.which % 2 === 0) await openRecovery(runtime, token);
}

/** What Stripe's own page, or their browser, says no to is nobody's fault here. */
async function atStripe(does: () => Promise<unknown>): Promise<void> {
  try {
    await does();
  } catch {
    // A declined card, a page that is over, a line that broke.
  }
}
