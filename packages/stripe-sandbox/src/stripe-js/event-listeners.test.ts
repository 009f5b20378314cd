import { expect, test } from 'vitest';
import { createListeners } from './event-listeners.ts';

test('handlers hear until they are taken off, and those of once hear once', () => {
  const heard: string[] = [];
  const listeners = createListeners();
  const always = (event: { n: number }) => heard.push(`always ${event.n}`);
  listeners.on('change', always);
  listeners.once('change', (event: { n: number }) => heard.push(`once ${event.n}`));
  listeners.on('blur', () => heard.push('blur'));
  listeners.emit('change', { n: 1 });
  listeners.emit('change', { n: 2 });
  listeners.off('change', always);
  listeners.emit('change', { n: 3 });
  expect(heard).toEqual(['always 1', 'once 1', 'always 2']);
});
