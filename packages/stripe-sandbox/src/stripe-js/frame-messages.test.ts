import { expect, test } from 'vitest';
import { readFrameMessage } from './frame-messages.ts';

test('a frame may ask for a height and report its end', () => {
  expect(readFrameMessage({ sandbox: true, type: 'resize', height: 640 })).toEqual({
    sandbox: true,
    type: 'resize',
    height: 640,
  });
  expect(readFrameMessage({ sandbox: true, type: 'complete', redirectUrl: null })).toEqual({
    sandbox: true,
    type: 'complete',
    redirectUrl: null,
  });
});

test.each([
  ['text', 'hello'],
  ['nothing', null],
  ['another library', { type: 'resize', height: 1 }],
  ['a height that is no number', { sandbox: true, type: 'resize', height: '1px' }],
  ['a script for an address', { sandbox: true, type: 'complete', redirectUrl: 'javascript:1' }],
  ['an unknown type', { sandbox: true, type: 'steal' }],
])('%s is not a message of the sandbox', (_name, data) => {
  expect(readFrameMessage(data)).toBeNull();
});
