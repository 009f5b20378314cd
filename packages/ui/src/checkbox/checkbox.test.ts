import { createRawSnippet } from 'svelte';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Checkbox from './checkbox.svelte';

const children = createRawSnippet(() => ({ render: () => '<span>I agree</span>' }));

test('a box starts without a tick and takes one by its label', async () => {
  const onchange = vi.fn<(checked: boolean) => void>();
  const screen = await render(Checkbox, { name: 'accepted', children, onchange });
  const box = screen.getByRole('checkbox', { name: 'I agree' });
  await expect.element(box).not.toBeChecked();
  await screen.getByText('I agree').click();
  await expect.element(box).toBeChecked();
  expect(onchange).toHaveBeenCalledWith(true);
});

test('the sentence at a box is announced with it, and focus can be moved there', async () => {
  const screen = await render(Checkbox, {
    name: 'accepted',
    children,
    error: 'Tick the box to go on.',
  });
  const box = screen.getByRole('checkbox');
  await expect.element(box).toHaveAccessibleDescription('Tick the box to go on.');
  const component = screen.component as { focus(): void };
  component.focus();
  await expect.element(box).toHaveFocus();
});
