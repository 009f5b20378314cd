import { createRawSnippet } from 'svelte';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Button from './button.svelte';

const children = createRawSnippet(() => ({ render: () => '<span>Charge</span>' }));

test('a busy button takes no second click and keeps the focus', async () => {
  const onclick = vi.fn();
  const screen = await render(Button, { children, onclick });
  const button = screen.getByRole('button', { name: 'Charge' });
  await button.click();
  await screen.rerender({ busy: true });
  await expect.element(button).toHaveAttribute('aria-disabled', 'true');
  await button.click({ force: true });
  expect(onclick).toHaveBeenCalledTimes(1);
  await expect.element(button).toHaveFocus();
});

test('a button with an address is a link', async () => {
  const screen = await render(Button, { children, href: '/account' });
  await expect.element(screen.getByRole('link', { name: 'Charge' })).toBeVisible();
});
