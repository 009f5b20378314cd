import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeAnswers } from '../../generate/describe-answers.ts';
import { describeRequestParams } from '../../generate/describe-request-params.ts';

test('the parameters the sandbox takes are those of the installed SDK', () => {
  const file = new URL('../../src/generated/request-params.json', import.meta.url);
  expect(
    readFileSync(file, 'utf8') === describeRequestParams(),
    'run packages/stripe-sandbox/generate/request-params.ts',
  ).toBe(true);
});

test('the answers the tests ask for are those of the installed SDK', () => {
  const file = new URL('./answers.json', import.meta.url);
  expect(
    readFileSync(file, 'utf8') === describeAnswers(),
    'run packages/stripe-sandbox/generate/answers.ts',
  ).toBe(true);
});
