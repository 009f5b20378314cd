import type { PaymentPlan } from '@onfile/payments/checkout/payment-plan.ts';

export interface DemoProduct {
  slug: string;
  name: string;
  description: string;
  currency: string;
  amountMinor: number;
  plan: PaymentPlan;
  /** Sold by a Price that is made at the sandbox beforehand. */
  hasPrice?: true;
}

/** Something of each plan, and something to buy in each currency that has a debit of its own. */
export const demoProducts: DemoProduct[] = [
  {
    slug: 'lake-cabin',
    name: 'Cabin by the lake',
    description: 'A weekend for four, with a boat and firewood.',
    currency: 'usd',
    amountMinor: 32_000,
    plan: { kind: 'deposit', depositPercent: 30, balanceDaysBefore: 14 },
  },
  {
    slug: 'massage',
    name: 'Massage, one hour',
    description: 'In our studio, with a therapist of your choice.',
    currency: 'usd',
    amountMinor: 9_000,
    plan: { kind: 'card_kept', feePercent: 50, freeCancellationHours: 48 },
  },
  {
    slug: 'camera',
    name: 'Camera for a day',
    description: 'A full-frame camera with two lenses. The day is on us.',
    currency: 'usd',
    amountMinor: 25_000,
    plan: { kind: 'hold', daysBefore: 1 },
  },
  {
    slug: 'print',
    name: 'Signed print',
    description: 'The lake at dawn, on heavy paper.',
    currency: 'usd',
    amountMinor: 3_500,
    plan: { kind: 'full' },
    hasPrice: true,
  },
  {
    slug: 'coffee',
    name: 'Coffee for a month',
    description: 'Two bags, roasted on the day they leave.',
    currency: 'eur',
    amountMinor: 4_800,
    plan: { kind: 'full' },
  },
  {
    slug: 'desk-lamp',
    name: 'Restored desk lamp',
    description: 'From the fifties, rewired. There is one of each.',
    currency: 'eur',
    amountMinor: 18_000,
    plan: { kind: 'check_stock' },
  },
  {
    slug: 'tea-bowl',
    name: 'Tea bowl',
    description: 'Fired in our own kiln, each a little different.',
    currency: 'jpy',
    amountMinor: 5_400,
    plan: { kind: 'check_stock' },
  },
  {
    slug: 'beach-towel',
    name: 'Beach towel',
    description: 'Woven from thick cotton, large enough for two.',
    currency: 'aud',
    amountMinor: 4_400,
    plan: { kind: 'full' },
  },
];
