import { expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import { newCustomer } from './make-objects.ts';
import { ask, stripe } from './open-stripe.ts';

test('a CustomerSession gives the Payment Element a secret, for a while', async () => {
  const customer = await newCustomer();
  const session = await stripe.customerSessions.create({
    customer,
    components: {
      payment_element: {
        enabled: true,
        features: { payment_method_redisplay: 'enabled', payment_method_save: 'enabled' },
      },
    },
  });
  expect(session).toMatchObject({
    object: 'customer_session',
    customer,
    livemode: false,
    components: {
      payment_element: {
        enabled: true,
        features: { payment_method_redisplay: 'enabled', payment_method_save: 'enabled' },
      },
    },
  });
  expect(session.client_secret.length).toBeGreaterThan(20);
  expect(session.expires_at).toBeGreaterThan(session.created);
});

test('a CustomerSession needs components and a customer that exists', async () => {
  const customer = await newCustomer();
  const bare = await refusal(ask('POST', '/v1/customer_sessions', { customer }));
  expect(bare).toMatchObject({ statusCode: 400, code: 'parameter_missing', param: 'components' });
  const components = { payment_element: { enabled: true } };
  const unknown = await refusal(
    ask('POST', '/v1/customer_sessions', { customer: 'cus_none', components }),
  );
  expect(unknown).toMatchObject({ statusCode: 400, code: 'resource_missing', param: 'customer' });
});
