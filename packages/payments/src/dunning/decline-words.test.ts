import { declineWords } from '@onfile/messages/decline-words.ts';
import { m } from '@onfile/messages/messages.js';
import { whyDeclined } from '@onfile/messages/shopper-decline-words.ts';
import { expect, it } from 'vitest';
import { decideAfterDecline } from './decline-policy.ts';
import { declineTable } from './decline-table.ts';
import type { DeclineKind } from './decline-table.ts';

const codes = Object.keys(declineTable);

const toStaff = (declineCode: string) =>
  declineWords({ errorCode: 'card_declined', declineCode, adviceCode: null });
const toShopper = (declineCode: string) => whyDeclined({ code: 'card_declined', declineCode });

/** What staff are told to do has to fit what we do ourselves. */
const fitting: Record<DeclineKind, string[]> = {
  authenticate: [m.decline_next_authenticate()],
  later: [m.decline_next_later(), m.decline_next_funds()],
  another_method: [
    m.decline_next_new_method(),
    m.decline_next_fix_data(),
    m.decline_next_contact(),
    m.decline_next_check(),
    m.decline_next_config(),
  ],
  never_with_this_method: [m.decline_next_hard(), m.decline_next_stop()],
};

const decide = (declineCode: string) =>
  decideAfterDecline({
    code: 'card_declined',
    declineCode,
    adviceCode: null,
    networkAdviceCode: null,
    paymentMethodType: 'card',
  });

it.each(codes)('staff read what %s means, and to do what fits the policy', (code) => {
  expect(toStaff(code).meaning).not.toContain('does not know');
  expect(fitting[decide(code).kind]).toContain(toStaff(code).next);
});

it('shoppers read of a sensitive code no more than of any other no', () => {
  const sensitive = codes.filter((code) => decide(code).isSensitive);
  expect(sensitive.length).toBeGreaterThan(5);
  for (const code of sensitive) expect(toShopper(code)).toBe(toShopper('generic_decline'));
});
