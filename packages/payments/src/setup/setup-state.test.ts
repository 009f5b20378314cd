import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { intentState } from './setup-state.ts';

const intent = (facts: object) => facts as Stripe.SetupIntent;

it.each([
  ['processing', 'processing'],
  ['requires_action', 'needs_step'],
  ['requires_payment_method', 'failed'],
  ['canceled', 'failed'],
  ['succeeded', 'waiting'],
  ['something new', 'waiting'],
])('a completed page whose intent is %s is %s', (status, state) => {
  expect(intentState(intent({ status, next_action: null }))).toMatchObject({ state });
});

it('a completed page without an intent waits for one', () => {
  expect(intentState(null)).toEqual({ state: 'waiting' });
});

it('small deposits come with the page on which they are confirmed', () => {
  const verify_with_microdeposits = {
    arrival_date: 1_800_000_000,
    hosted_verification_url: 'https://payments.stripe.example/microdeposit',
    microdeposit_type: 'descriptor_code',
  };
  const next_action = { type: 'verify_with_microdeposits', verify_with_microdeposits };
  expect(intentState(intent({ status: 'requires_action', next_action }))).toEqual({
    state: 'needs_step',
    verify: {
      url: 'https://payments.stripe.example/microdeposit',
      arrivesAt: 1_800_000_000_000,
    },
  });
});
