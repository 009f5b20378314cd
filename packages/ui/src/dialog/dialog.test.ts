import { createRawSnippet } from 'svelte';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Dialog from './dialog.svelte';

const actions = createRawSnippet(() => ({
  render: () => '<div><button>Keep it</button><button>Remove it</button></div>',
}));

async function openDialog() {
  const onOpenChange = vi.fn<(open: boolean) => void>();
  const screen = await render(Dialog, {
    open: true,
    title: 'Remove this card?',
    description: 'It cannot be charged any more.',
    onOpenChange,
    actions,
  });
  return { screen, onOpenChange };
}

test('a dialog is named by its title and described by its text', async () => {
  const { screen } = await openDialog();
  const dialog = screen.getByRole('dialog', { name: 'Remove this card?' });
  await expect.element(dialog).toHaveAccessibleDescription('It cannot be charged any more.');
});

test('focus goes round inside an open dialog', async () => {
  const { screen } = await openDialog();
  const keep = screen.getByRole('button', { name: 'Keep it' });
  const remove = screen.getByRole('button', { name: 'Remove it' });
  await expect.element(keep).toHaveFocus();
  await userEvent.keyboard('{Tab}');
  await expect.element(remove).toHaveFocus();
  await userEvent.keyboard('{Tab}');
  await expect.element(keep).toHaveFocus();
});

test('Escape closes a dialog', async () => {
  const { screen, onOpenChange } = await openDialog();
  await expect.element(screen.getByRole('dialog')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => onOpenChange.mock.lastCall).toEqual([false]);
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
});
