import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import RadioList from './radio-list.svelte';

const props = {
  label: 'Which one?',
  name: 'which',
  options: [
    { value: 'a', text: 'The first', detail: 'expires soon' },
    { value: 'b', text: 'The second' },
  ],
};

test('nothing is chosen before somebody chooses, and arrow keys move the choice', async () => {
  const screen = await render(RadioList, props);
  const first = screen.getByRole('radio', { name: /^The first/ });
  const second = screen.getByRole('radio', { name: 'The second' });
  await expect.element(first).not.toBeChecked();
  await expect.element(second).not.toBeChecked();
  await screen.getByText('expires soon').click();
  await expect.element(first).toBeChecked();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(second).toBeChecked();
});

test('its error is announced with the group', async () => {
  const screen = await render(RadioList, { ...props, error: 'Choose one.' });
  const group = screen.getByRole('group', { name: 'Which one?' });
  await expect.element(group).toHaveAccessibleDescription('Choose one.');
});
