import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import TextField from './text-field.svelte';

test('the sentence at a field is announced with it', async () => {
  const screen = await render(TextField, {
    label: 'E-mail',
    name: 'email',
    hint: 'Where receipts go.',
    error: 'Enter an e-mail address.',
  });
  const field = screen.getByLabelText('E-mail');
  await expect.element(field).toHaveAttribute('aria-invalid', 'true');
  await expect
    .element(field)
    .toHaveAccessibleDescription('Enter an e-mail address. Where receipts go.');
});

test('a field without a mistake is not marked as one', async () => {
  const screen = await render(TextField, { label: 'Name', name: 'name' });
  const field = screen.getByLabelText('Name');
  await expect.element(field).not.toHaveAttribute('aria-invalid');
  await expect.element(field).not.toHaveAttribute('aria-describedby');
});
