import type { FrameLocator, Page } from 'playwright-core';

const CHALLENGE = '[title="3D Secure authentication"]';

/** Fills the card fields of a checkout page, by their labels. */
export async function enterCard(form: Page | FrameLocator, number: string): Promise<void> {
  await form.getByLabel('Card number').fill(number);
  await form.getByLabel('Expiration date').fill('1234');
  await form.getByLabel('Security code').fill('123');
  await form.getByLabel('Cardholder name').fill('Ada Lovelace');
  await form.getByLabel('Postal code').fill('94107');
}

/** Presses the button of a page in setup mode. */
export const save = (form: Page | FrameLocator) =>
  form.getByRole('button', { name: 'Save card' }).click();

/** The bank's page in the dialog. */
export const bank = (form: Page | FrameLocator) => form.frameLocator(CHALLENGE);
