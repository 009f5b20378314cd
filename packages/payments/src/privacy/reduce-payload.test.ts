import fc from 'fast-check';
import { expect, it } from 'vitest';
import { reducePayload } from './reduce-payload.ts';

const row = { id: 'evt_1', type: 'refund.updated', objectId: 're_1' };

it('keeps the ids and marks by which a handler asks, and no snapshot', () => {
  const payload = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'checkout.session.completed',
    api_version: '2026-10-28.endive',
    created: 1,
    livemode: false,
    request: { idempotency_key: 'key' },
    data: {
      object: {
        id: 'cs_1',
        object: 'checkout.session',
        mode: 'payment',
        client_reference_id: 'sess_1',
        payment_intent: { id: 'pi_1', receipt_email: 'ada@example.com' },
        customer_details: { email: 'ada@example.com' },
        metadata: { onfile_session: 'sess_1', onfile_x: 'ada@example.com', seat: 'Ada' },
      },
    },
  });
  expect(
    JSON.parse(reducePayload({ ...row, type: 'checkout.session.completed', payload })),
  ).toEqual({
    id: 'evt_1',
    object: 'event',
    type: 'checkout.session.completed',
    api_version: null,
    created: 1,
    livemode: false,
    data: {
      object: {
        id: 'cs_1',
        object: 'checkout.session',
        mode: 'payment',
        client_reference_id: 'sess_1',
        payment_intent: 'pi_1',
        metadata: { onfile_session: 'sess_1' },
      },
    },
  });
});

it('keeps of a notification of v2 what it points at', () => {
  const related = { id: 'acct_1', type: 'v2.core.account', url: '/v2/core/accounts/acct_1' };
  const payload = JSON.stringify({ object: 'v2.core.event', related_object: related, data: {} });
  expect(JSON.parse(reducePayload({ ...row, payload }))).toMatchObject({
    object: 'v2.core.event',
    related_object: related,
  });
});

it('takes any JSON, says nothing that it did not know before, and is done after once', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const object = { id: 're_1', status: value, description: value, metadata: { note: value } };
      for (const whole of [value, { data: value }, { data: { object } }]) {
        const once = reducePayload({ ...row, payload: JSON.stringify(whole) });
        expect(once).not.toContain('@');
        expect(once).not.toContain('description');
        expect(reducePayload({ ...row, payload: once })).toBe(once);
      }
    }),
  );
  expect(JSON.parse(reducePayload({ ...row, payload: 'no JSON' }))).toMatchObject({
    data: { object: { id: 're_1' } },
  });
});
