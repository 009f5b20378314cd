import type { Row } from '@onfile/db/database.ts';
import { currentTerms, firstPurpose } from '@onfile/payments/agreements/terms.ts';
import { settlePaymentSession } from '@onfile/payments/checkout/settle-payment-session.ts';
import { startCheckout } from '@onfile/payments/checkout/start-checkout.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { completeSetup } from './complete-setup.ts';
import { orderWithPlan } from './place-order.ts';

/** A guest orders, agrees and pays the deposit; the card is kept for the balance. */
export async function guestBuys(
  test: { runtime: Runtime; sandbox: { url: string } },
  guest: Row<'customers'>,
  card: string,
): Promise<Row<'orders'>> {
  const { runtime } = test;
  const order = await orderWithPlan(runtime, guest, {
    kind: 'deposit',
    depositPercent: 30,
    balanceDaysBefore: 14,
  });
  const terms = await currentTerms(runtime, { purpose: firstPurpose, locale: 'en' });
  const { clientSecret } = await startCheckout(runtime, {
    customer: guest,
    orderId: order.id,
    uiMode: 'embedded_page',
    acceptance: {
      termsVersionId: terms.id,
      accepted: true,
      redisplay: true,
      ipAddress: '203.0.113.7',
      userAgent: 'story',
    },
  });
  const session = clientSecret?.split('_secret_')[0] ?? '';
  await completeSetup(test, session, card, { email: guest.email });
  await settlePaymentSession(runtime, session, { kind: 'shopper', id: guest.id });
  return order;
}
