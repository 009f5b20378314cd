import { describe, expect, test } from 'vitest';
import { bank, enterCard, save } from './fill-checkout.ts';
import { usePages } from './open-pages.ts';

const pages = usePages();

describe('the hosted page', () => {
  test('saves a card that is typed with the keyboard alone, and leaves for success_url', async () => {
    const session = await pages.openHosted();
    await pages.page.getByLabel('Card number').focus();
    for (const typed of ['4242424242424242', '1234', '123', 'Ada Lovelace']) {
      await pages.page.keyboard.type(typed);
      await pages.page.keyboard.press('Tab');
    }
    await pages.page.keyboard.press('Tab');
    await pages.page.keyboard.type('94107');
    expect(await pages.page.getByLabel('Card number').inputValue()).toBe('4242 4242 4242 4242');
    expect(await pages.page.getByLabel('Expiration date').inputValue()).toBe('12 / 34');
    await pages.page.keyboard.press('Enter');
    await pages.page.waitForURL(`${pages.host.url}/return?session_id=${session.id}`);
    const done = await pages.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['setup_intent.payment_method'],
    });
    expect(done.status).toBe('complete');
    expect(done).toHaveProperty('setup_intent.payment_method.card.last4', '4242');
  });

  test('marks what is wrong at the fields before anything is sent', async () => {
    const session = await pages.openHosted();
    await enterCard(pages.page, '4242424242424241');
    await pages.page.getByLabel('Security code').fill('');
    await save(pages.page);
    const number = pages.page.getByLabel('Card number');
    expect(await number.getAttribute('aria-invalid')).toBe('true');
    expect(await number.getAttribute('aria-describedby')).toBe('number-message');
    const message = pages.page.locator('#number-message');
    expect(await message.textContent()).toBe('Your card number is invalid.');
    expect(await pages.page.getByRole('alert').textContent()).toBe('2 fields need your attention.');
    expect(await pages.page.locator(':focus').getAttribute('id')).toBe('number');
    expect(await pages.statusOf(session.id)).toBe('open');
  });

  test('shows a decline and stays usable', async () => {
    const session = await pages.openHosted();
    await enterCard(pages.page, '4000000000000002');
    await save(pages.page);
    await pages.page.getByRole('alert').getByText('Your card was declined').waitFor();
    expect(await pages.statusOf(session.id)).toBe('open');
    await pages.page.getByText('Test values').click();
    await pages.page.getByRole('button', { name: '4242 4242 4242 4242' }).click();
    await save(pages.page);
    await pages.page.waitForURL(`${pages.host.url}/return?*`);
  });

  test('asks the bank for 3155 in a dialog that Escape does not close', async () => {
    await pages.openHosted();
    await enterCard(pages.page, '4000002500003155');
    await save(pages.page);
    await bank(pages.page).getByRole('button', { name: 'Complete authentication' }).waitFor();
    await pages.page.keyboard.press('Escape');
    await pages.page.keyboard.press('Escape');
    const dialog = pages.page.getByRole('dialog', { name: 'Authenticate with your bank' });
    expect(await dialog.isVisible()).toBe(true);
    await bank(pages.page).getByRole('button', { name: 'Complete authentication' }).click();
    await pages.page.waitForURL(`${pages.host.url}/return?*`);
  });

  test('of an expired session has no form', async () => {
    const session = await pages.openHosted();
    await pages.stripe.checkout.sessions.expire(session.id);
    await pages.page.reload();
    await pages.page.getByRole('heading', { name: 'This page has expired' }).waitFor();
    expect(await pages.page.getByRole('button').count()).toBe(0);
  });

  test('sends the card number nowhere but to the confirmation of its session', async () => {
    const session = await pages.openHosted();
    const told: string[] = [];
    pages.page.on('request', (request) => {
      const sent = `${request.url()} ${request.postData() ?? ''}`;
      if (/4242\D?4242/.test(sent)) told.push(new URL(request.url()).pathname);
    });
    await enterCard(pages.page, '4242424242424242');
    await save(pages.page);
    await pages.page.waitForURL(`${pages.host.url}/return?*`);
    expect(told).toEqual([`/v1/payment_pages/${session.id}/confirm`]);
  });
});

describe('the embedded page, mounted by the unmodified loader on another site', () => {
  test('saves a card and takes the top page to return_url', async () => {
    const { session, frame } = await pages.openEmbedded();
    await enterCard(frame, '4242424242424242');
    await save(frame);
    await pages.page.waitForURL(`${pages.host.url}/return?session_id=${session.id}`);
    expect(await pages.statusOf(session.id)).toBe('complete');
  });

  test('calls onComplete, and stays, when redirect_on_completion is never', async () => {
    const { session, frame } = await pages.openEmbedded({ redirect_on_completion: 'never' });
    await enterCard(frame, '4242424242424242');
    await save(frame);
    await frame.getByRole('heading', { name: 'Card saved' }).waitFor();
    await pages.page.waitForFunction('document.title === "onComplete was called"');
    expect(await pages.statusOf(session.id)).toBe('complete');
  });

  test('goes on after a failed challenge, with another card', async () => {
    const { session, frame } = await pages.openEmbedded();
    await enterCard(frame, '4000002500003155');
    await save(frame);
    await bank(frame).getByRole('button', { name: 'Fail authentication' }).click();
    await frame.getByText('We are unable to authenticate your payment method').waitFor();
    expect(await pages.statusOf(session.id)).toBe('open');
    await enterCard(frame, '4000002500003155');
    await save(frame);
    await bank(frame).getByRole('button', { name: 'Complete authentication' }).click();
    await pages.page.waitForURL(`${pages.host.url}/return?session_id=${session.id}`);
  });

  test('tells nothing about a session to someone who only knows its id', async () => {
    const { session, frame } = await pages.openEmbedded();
    await frame.getByText('ada@example.com').waitFor();
    const path = `${pages.sandbox.url}/embedded/${session.id}`;
    expect(await (await fetch(path)).text()).not.toContain('ada@example.com');
    pages.expectComplaint(/404 \(Not Found\)/);
    await pages.page.goto(`${path}#${session.id}_secret_guessed`);
    await pages.page.getByRole('heading', { name: 'Page not found' }).waitFor();
    expect(await pages.page.content()).not.toContain('ada@example.com');
  });
});

test('the challenge as a page of its own goes to return_url with what Stripe appends', async () => {
  const intent = await pages.stripe.paymentIntents.create({
    amount: 1099,
    currency: 'usd',
    payment_method: 'pm_card_authenticationRequired',
    confirm: true,
    return_url: `${pages.host.url}/return`,
  });
  await pages.page.goto(intent.next_action?.redirect_to_url?.url ?? '');
  await pages.page.getByText('$10.99').waitFor();
  expect(await pages.violations()).toEqual([]);
  await pages.page.getByRole('button', { name: 'Fail authentication' }).click();
  await pages.page.waitForURL(`${pages.host.url}/return?*`);
  const { searchParams } = new URL(pages.page.url());
  expect(searchParams.get('payment_intent')).toBe(intent.id);
  expect(searchParams.get('redirect_status')).toBe('failed');
});

test('axe finds nothing to complain about, on the page or in its dialog', async () => {
  await pages.openHosted();
  expect(await pages.violations()).toEqual([]);
  await pages.page.getByText('Test values').click();
  await pages.page.getByRole('button', { name: '4000 0025 0000 3155' }).click();
  await save(pages.page);
  await bank(pages.page).getByRole('button', { name: 'Complete authentication' }).waitFor();
  expect(await pages.violations()).toEqual([]);
});
