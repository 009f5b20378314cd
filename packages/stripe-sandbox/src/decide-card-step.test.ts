import { expect, test } from 'vitest';
import { decideCardStep } from './decide-card-step.ts';
import { declineFields } from './declines.ts';
import { TEST_CARDS } from './test-cards.ts';

const STRANGER = { challengePassed: false, authenticated: false, saved: false };

test('a challenge is asked once, and then the bank decides', () => {
  expect(decideCardStep('challenge', STRANGER)).toEqual({ kind: 'challenge' });
  const passed = { ...STRANGER, challengePassed: true };
  expect(decideCardStep('challenge', passed)).toEqual({ kind: 'approved' });
  expect(decideCardStep('challenge_then:insufficient_funds', STRANGER).kind).toBe('challenge');
  expect(decideCardStep('challenge_then:insufficient_funds', passed)).toEqual({
    kind: 'declined',
    name: 'insufficient_funds',
  });
});

test('some cards pay for the first purchase alone', () => {
  const step = 'challenge_once_saved:insufficient_funds';
  expect(decideCardStep(step, STRANGER).kind).toBe('challenge');
  expect(decideCardStep(step, { ...STRANGER, challengePassed: true }).kind).toBe('approved');
  expect(decideCardStep(step, { ...STRANGER, challengePassed: true, saved: true })).toEqual({
    kind: 'declined',
    name: 'insufficient_funds',
  });
});

test('some cards pay off-session only after a setup with authentication', () => {
  expect(decideCardStep('approve_if_authenticated', STRANGER)).toEqual({
    kind: 'declined',
    name: 'authentication_required',
  });
  const known = { ...STRANGER, authenticated: true };
  expect(decideCardStep('approve_if_authenticated', known).kind).toBe('approved');
});

test('every step of every test card has an answer with words', () => {
  for (const card of TEST_CARDS) {
    for (const step of [card.setup, card.onSession, card.offSession]) {
      for (const challengePassed of [false, true]) {
        const answer = decideCardStep(step, {
          challengePassed,
          authenticated: false,
          saved: true,
        });
        if (answer.kind === 'declined') {
          expect(declineFields(answer.name).message, `${card.alias} ${step}`).not.toBe('');
        }
      }
    }
  }
});
