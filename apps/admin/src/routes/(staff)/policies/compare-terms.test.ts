import { expect, it } from 'vitest';
import { compareTerms } from './compare-terms.ts';

const before = {
  sections: [
    { heading: 'What', text: 'Balances.' },
    { heading: 'When', text: 'On the day.' },
  ],
  capText: '$500.00',
  usage: 'off_session' as const,
  validDays: null,
};

it('finds nothing in the same words, also in another order', () => {
  expect(compareTerms(before, before)).toEqual([]);
  const moved = { ...before, sections: [...before.sections].reverse() };
  expect(compareTerms(before, moved)).toEqual([]);
});

it('names what is new, what differs and what is gone', () => {
  const after = {
    ...before,
    sections: [
      { heading: 'What', text: 'Balances and fees.' },
      { heading: 'How to cancel', text: 'Write to us.' },
    ],
    capText: '$900.00',
  };
  expect(compareTerms(before, after)).toEqual([
    { kind: 'changed', what: 'What', before: 'Balances.', after: 'Balances and fees.' },
    { kind: 'added', what: 'How to cancel', before: null, after: 'Write to us.' },
    { kind: 'changed', what: 'Cap', before: '$500.00', after: '$900.00' },
    { kind: 'removed', what: 'When', before: 'On the day.', after: null },
  ]);
});

it('compares each of two sections with one heading once', () => {
  const twice = { ...before, sections: [...before.sections, { heading: 'What', text: 'Fees.' }] };
  expect(compareTerms(before, twice)).toEqual([
    { kind: 'added', what: 'What', before: null, after: 'Fees.' },
  ]);
});
