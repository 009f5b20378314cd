import { expect, it } from 'vitest';
import type { Agreement, SavedMethod } from '#lib/api-types.ts';
import { chargeableAgreements } from './chargeable-agreements.ts';

const agreement = (id: string, given: Partial<Agreement>): Agreement => ({
  id,
  purpose: 'balances_and_fees',
  version: 1,
  status: 'active',
  sections: [],
  textHash: '',
  acceptedAt: 0,
  ipAddress: null,
  userAgent: null,
  currency: 'usd',
  capAmountMinor: 50_000,
  capText: '$500.00',
  usedText: '$0.00',
  leftText: '$500.00',
  methodIds: [],
  ...given,
});

const method = (id: string, status: SavedMethod['status'] = 'attached'): SavedMethod => ({
  id,
  type: 'card',
  name: 'Visa ending in 4242',
  expiryText: '12/2030',
  addedAt: 0,
  status,
  agreements: [],
});

it('offers only attached methods that an active agreement names', () => {
  const choices = chargeableAgreements({
    methods: [method('named'), method('unnamed'), method('removed', 'detached')],
    agreements: [
      agreement('good', { methodIds: ['named', 'removed'] }),
      agreement('withdrawn', { status: 'withdrawn', methodIds: ['named'] }),
      agreement('without a method', { methodIds: ['removed'] }),
    ],
  });
  expect(choices).toHaveLength(1);
  expect(choices[0]?.agreement.id).toBe('good');
  expect(choices[0]?.methods.map(({ id }) => id)).toEqual(['named']);
});
