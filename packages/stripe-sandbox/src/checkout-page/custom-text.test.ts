import { html } from 'hono/html';
import { expect, test } from 'vitest';
import { customText } from './custom-text.ts';

const rendered = async (message: string) => String(await html`${customText(message)}`);

test('a link in custom text is a link, and the words around it stay', async () => {
  const text = await rendered('See [our terms](https://shop.example/terms) first.');
  expect(text).toContain('See <a href="https://shop.example/terms"');
  expect(text).toMatch(/>our terms</);
  expect(text).toMatch(/<\/a\s*> first\.$/);
});

test.each([
  ['[press](javascript:alert(1))'],
  ['[press](data:text/html,hello)'],
  ['[press](//shop.example)'],
  ['no link at all'],
])('%s is shown as it was written', async (message) => {
  expect(await rendered(message)).toBe(message);
});

test('markup in custom text is text, in the words and in the address of a link', async () => {
  const text = await rendered('<b>bold</b> [<i>x</i>](https://shop.example/"onclick="x)');
  expect(text).not.toMatch(/<b>|<i>/);
  expect(text).not.toContain('"onclick');
});
