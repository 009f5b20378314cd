import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAbout } from './is-about.ts';
import { mask, maskPayload, maskSecrets } from './mask-payload.ts';

/** Keys of Stripe's whose values nobody shall read; written out, so that a lost rule is noticed. */
const hiddenKeys = [
  'client_secret',
  'secret',
  'signingSecret',
  'email',
  'name',
  'phone',
  'address',
  'line1',
  'line2',
  'city',
  'state',
  'postal_code',
  'receipt_email',
  'customer_email',
  'contact_email',
  'account_holder_name',
  'billing_details',
  'customer_details',
  'shipping',
  'individual',
  'identity',
  'ip',
  'ip_address',
  'customer_purchase_ip',
  'user_agent',
  'tax_id',
  'customer_tax_ids',
  'fingerprint',
  'evidence',
  'custom_fields',
];
const hiddenPages = [
  'url',
  'receipt_url',
  'hosted_invoice_url',
  'hosted_voucher_url',
  'invoice_pdf',
];

/** Texts that appear in what is generated only where they are planted. */
const planted = fc.integer({ min: 1 }).map((number) => `planted-${String(number)}-planted`);
const hiddenField = fc.oneof(
  fc.record({ key: fc.constantFrom(...hiddenKeys), value: plantIn(planted) }),
  fc.record({
    key: fc.constantFrom(...hiddenPages),
    value: planted.map((text) => `https://pay.stripe.com/${text}`),
  }),
);

/** A planted text, alone or somewhere in an object or a list. */
function plantIn(text: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  return fc.oneof(
    text,
    text.map((value) => ({ anything: [value], amount: 1 })),
    fc.array(
      text.map((value) => ({ deeper: { value } })),
      { maxLength: 3 },
    ),
  );
}

/** JSON of any kind with a hidden field put in at a random place. */
const withPlant = fc
  .tuple(
    fc.jsonValue({ maxDepth: 4 }),
    hiddenField,
    fc.array(fc.constantFrom('data', 'object', 'list')),
  )
  .map(([around, { key, value }, path]) =>
    path.reduce<unknown>(
      (inner, step) => (step === 'list' ? [around, inner] : { around, [step]: inner }),
      { around, [key]: value, id: 'pi_1' },
    ),
  );

/** The shape of a value: keys and lists, without what the leaves say. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value !== 'object') return 'leaf';
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, shapeOf(field)]));
}

describe('masking a payload', () => {
  it('lets no hidden value through, wherever it stands', () => {
    fc.assert(
      fc.property(withPlant, (payload) => {
        expect(JSON.stringify(maskPayload(payload))).not.toContain('planted');
      }),
    );
  });

  it('keeps the shape, nulls and flags of any JSON, and masks it once', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (payload) => {
        const masked = maskPayload(payload);
        expect(shapeOf(masked)).toEqual(shapeOf(payload));
        expect(maskPayload(masked)).toEqual(masked);
      }),
    );
  });

  it('changes nothing where nothing is to be hidden', () => {
    const key = fc.constantFrom('id', 'amount', 'status', 'brand', 'last4', 'created', 'currency');
    const value = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.constant('visa'));
    const plain = fc.dictionary(key, fc.oneof(value, fc.array(fc.dictionary(key, value))));
    fc.assert(
      fc.property(plain, (payload) => {
        expect(maskPayload(payload)).toEqual(payload);
      }),
    );
  });

  it('does not fall over what is nested without end', () => {
    let deep: unknown = 'leaf';
    for (let level = 0; level < 50_000; level += 1) deep = level % 2 ? [deep] : { deep };
    expect(JSON.stringify(maskPayload(deep))).toContain(mask);
  });

  it('takes a text as long as a payload may be in its stride', () => {
    const text = 'x'.repeat(1_000_000);
    expect(maskPayload({ description: `${text}@` })).toEqual({ description: `${text}@` });
    expect(isAbout({ payload: text }, { stripeIds: new Set(['pi_1']), emails: ['@'] })).toBe(false);
  });

  it('reads an intent as support does: what happened, not to whom', () => {
    const payload = {
      id: 'evt_1',
      data: {
        object: {
          id: 'pi_1',
          status: 'succeeded',
          client_secret: 'pi_1_secret_x',
          description: 'For ada@example.com, paid',
          receipt_email: null,
          next_action: { redirect_to_url: { url: 'https://hooks.stripe.com/redirect/x' } },
          metadata: { onfile_payment: 'pay_1', guest_of: 'Ada' },
          charges: { url: '/v1/charges', has_more: false },
          card: { brand: 'visa', last4: '4242', fingerprint: 'abc' },
        },
      },
    };
    expect(maskPayload(payload)).toEqual({
      id: 'evt_1',
      data: {
        object: {
          id: 'pi_1',
          status: 'succeeded',
          client_secret: mask,
          description: `For ${mask}, paid`,
          receipt_email: null,
          next_action: { redirect_to_url: { url: mask } },
          metadata: { onfile_payment: 'pay_1', guest_of: mask },
          charges: { url: '/v1/charges', has_more: false },
          card: { brand: 'visa', last4: '4242', fingerprint: mask },
        },
      },
    });
  });

  it('shows a person what is theirs, and no secret', () => {
    const payload = { client_secret: 'x', url: 'https://checkout.stripe.com/x', name: 'Ada' };
    expect(maskSecrets(payload)).toEqual({ client_secret: mask, url: mask, name: 'Ada' });
    expect(maskSecrets({ note: 'seti_1_secret_2' })).toEqual({ note: mask });
  });
});
