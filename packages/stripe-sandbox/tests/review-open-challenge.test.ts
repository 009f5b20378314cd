import { describe, expect, it } from 'vitest';
import { refusal } from './open-sandbox.ts';
import { newCustomer, newIntent } from './contract/make-objects.ts';
import { RETURN_URL, pressChallenge, stripe } from './contract/open-stripe.ts';

describe('a challenge that the shopper has open', () => {
  const waiting = async () => {
    const intent = await newIntent({
      payment_method: 'pm_card_threeDSecure2Required',
      confirm: true,
      return_url: RETURN_URL,
    });
    expect(intent.status).toBe('requires_action');
    return intent.id;
  };

  it('is of no use once the amount has changed: another amount is another question', async () => {
    const id = await waiting();
    const changed = await stripe.paymentIntents.update(id, { amount: 500_000 });
    expect(changed).toMatchObject({ status: 'requires_confirmation', next_action: null });
    await pressChallenge(id, 'complete');
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: 'requires_confirmation',
      amount_received: 0,
    });
  });

  it('stays when only the description changes', async () => {
    const id = await waiting();
    await stripe.paymentIntents.update(id, { description: 'Two nights' });
    await pressChallenge(id, 'complete');
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'succeeded' });
  });
});

describe('a saved card', () => {
  it('takes no expiry that is over', async () => {
    const customer = await newCustomer();
    const { id } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    const error = await refusal(
      stripe.paymentMethods.update(id, { card: { exp_month: 1, exp_year: 2001 } }),
    );
    expect(error).toMatchObject({ statusCode: 400, code: 'invalid_expiry_year' });
  });
});
