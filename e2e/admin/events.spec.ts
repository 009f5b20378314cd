import { withRuntime } from '@onfile/dev-env/with-runtime.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { withRows } from '../fixtures/database.ts';
import { signInAsOwner } from '../fixtures/staff.ts';
import { deliver, signatureOf } from '../fixtures/stripe-delivery.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

story.use({ settings: { SHOP_NAME: 'Nothing Missed' } });

story(
  'an event that could not be handled is found, read without what is personal, and replayed',
  async ({ page, onfile }) => {
    const body = JSON.stringify({
      id: 'evt_unhandled',
      object: 'event',
      type: 'refund.updated',
      api_version: null,
      created: Math.floor(Date.now() / 1000),
      livemode: false,
      data: { object: { id: 're_nobodys', object: 'refund', receipt_email: 'ada@example.com' } },
    });
    await deliver(onfile, { body, signatures: [signatureOf(onfile, body)] });
    const died = { status: 'dead', lastError: 'No such refund: re_nobodys' } as const;
    await expect
      .poll(() =>
        withRows(onfile, async (db) => {
          const event = db.updateTable('stripeEvents').set(died).where('id', '=', 'evt_unhandled');
          return (await event.where('status', '=', 'handled').executeTakeFirst()).numUpdatedRows;
        }),
      )
      .toBe(1n);

    await signInAsOwner(page, onfile);
    await expect(page.getByText('One event could not be handled')).toBeVisible();
    await expectNoBarriers(page);
    await page.getByRole('link', { name: 'Show what could not be handled' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: 'refund.updated' })).toContainText(
      'No such refund',
    );
    await expectNoBarriers(page);
    await page.getByRole('link', { name: 'refund.updated' }).click();
    await expect(page.getByRole('heading', { name: 'refund.updated', level: 1 })).toBeVisible();
    await expect(page.getByText('[masked]')).toBeVisible();
    await expect(page.getByText('ada@example.com')).toBeHidden();
    await expectNoBarriers(page);
    await page.getByRole('button', { name: 'Replay' }).click();
    const dialog = page.getByRole('dialog');
    await expectNoBarriers(page);
    await dialog.getByRole('button', { name: 'Replay' }).click();
    await expect(page.getByText('One event is handled once more.')).toBeVisible();
    await expect(page.getByRole('main').getByText('Handled', { exact: true })).toBeVisible();

    // All of a kind, and chosen ones.
    await page.getByRole('link', { name: 'Events', exact: true }).first().click();
    await page.getByRole('checkbox', { name: 'Select evt_unhandled' }).check();
    await page.getByRole('button', { name: 'Replay selected: 1' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click();
    await expect(page.getByText('One event is handled once more.')).toBeVisible();
    await page.getByRole('button', { name: 'Replay several' }).click();
    await expectNoBarriers(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click();
    await expect(page.getByText('No event is like that: nothing is replayed.')).toBeVisible();
  },
);

story(
  'what was missed is read from Stripe’s list, and the endpoint is mended',
  async ({ page, onfile }) => {
    await signInAsOwner(page, onfile);
    await page.goto(`${onfile.adminUrl}/events/missed`);
    await page.getByRole('textbox', { name: 'From' }).fill('2200-01-01');
    await page.getByRole('button', { name: 'Read Stripe’s list' }).click();
    await expect(page.getByRole('textbox', { name: 'From' })).toHaveAccessibleDescription(
      /not in the future/,
    );
    await page.getByRole('textbox', { name: 'From' }).fill(new Date().toISOString().slice(0, 10));
    await page.getByRole('button', { name: 'Read Stripe’s list' }).click();
    await expect(page.getByText('It has begun.')).toBeVisible();
    const byHand = page.getByRole('listitem').filter({ hasText: 'asked for by hand' });
    await expect(byHand).toContainText('Nothing was missed', { timeout: 20_000 });
    await expectNoBarriers(page);

    await page.getByRole('link', { name: 'Endpoint' }).click();
    await expect(page.getByText('Stripe sends every type that is needed')).toBeVisible();
    await expectNoBarriers(page);
    await withRuntime(onfile, async ({ stripe }) => {
      const [endpoint] = (await stripe.webhookEndpoints.list()).data;
      const onlyOne = { enabled_events: ['payment_intent.succeeded' as const] };
      await stripe.webhookEndpoints.update(endpoint?.id ?? '', onlyOne);
    });
    await page.reload();
    await expect(page.getByText(/^\d+ types are not sent/)).toBeVisible();
    await expectNoBarriers(page);
    await page.getByRole('button', { name: 'Mend the endpoint' }).click();
    await expect(page.getByText('The endpoint was mended.')).toBeVisible();
    await expect(page.getByText('Stripe sends every type that is needed')).toBeVisible();
  },
);

story('what differs from Stripe is found, explained and settled', async ({ page, onfile }) => {
  await onfile.control.pauseWebhooks(true);
  const method = await withRuntime(onfile, async (runtime) => {
    const sandbox = { url: onfile.sandboxUrl };
    const saved = await saveCard({ runtime, sandbox }, 'drifting', '4242424242424242');
    await runtime.stripe.paymentMethods.detach(saved.method.stripePaymentMethodId);
    return saved.method.stripePaymentMethodId;
  });
  await signInAsOwner(page, onfile);
  await page.goto(`${onfile.adminUrl}/events/drift`);
  await page.getByRole('button', { name: 'Compare everything' }).click();
  const finding = page
    .getByRole('list', { name: 'Differences' })
    .getByRole('listitem')
    .filter({ hasText: method });
  await expect(finding).toContainText('A payment method that Stripe no longer has', {
    timeout: 20_000,
  });
  await expect(finding).toContainText('No event of it ever came.');
  await expectNoBarriers(page);
  await page.getByRole('button', { name: 'Compare and repair' }).click();
  await expectNoBarriers(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Compare and repair' }).click();
  await expect(finding).toContainText('Settled', { timeout: 20_000 });
  await onfile.control.pauseWebhooks(false);
});
