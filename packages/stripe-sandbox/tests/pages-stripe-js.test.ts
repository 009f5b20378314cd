import { describe, expect, test } from 'vitest';
import { usePages } from './open-pages.ts';

const pages = usePages();

describe('the stand-in for Stripe.js', () => {
  /** Runs an expression on the host page, where `stripe` is what the loader gave; its error or ''. */
  async function failureOf(expression: string): Promise<string> {
    await pages.page.waitForSelector('body[data-ready]');
    return pages.page.evaluate(
      `(async () => { try { await (${expression}); return ''; } catch (e) { return e.name + ': ' + e.message; } })()`,
    );
  }

  test('allows one embedded page at a time', async () => {
    const { session } = await pages.openEmbedded();
    const create = `stripe.createEmbeddedCheckoutPage({ clientSecret: '${session.client_secret}' })`;
    expect(await failureOf(create)).toBe(
      'IntegrationError: You cannot have multiple Embedded Checkout objects.',
    );
  });

  test('names the new name of a removed method, and refuses mistakes of the page', async () => {
    const hosted = await pages.start({
      ui_mode: 'hosted_page',
      success_url: `${pages.host.url}/return`,
    });
    await pages.page.goto(pages.host.url);
    const create = (options: string) => failureOf(`stripe.createEmbeddedCheckoutPage(${options})`);
    expect(await failureOf('stripe.initEmbeddedCheckout({})')).toMatch(
      /createEmbeddedCheckoutPage/,
    );
    expect(await failureOf('stripe.initCheckout({})')).toMatch(/initCheckoutElementsSdk/);
    expect(await create('{}')).toMatch(/IntegrationError: Missing value.*fetchClientSecret/);
    expect(await create("{ clientSecret: 'pi_1_secret_2' }")).toMatch(/IntegrationError: Invalid/);
    expect(await create(`{ clientSecret: '${hosted.id}_secret_1' }`)).toMatch(/embedded_page/);
  });

  test('retrieves a SetupIntent by its client secret', async () => {
    const intent = await pages.stripe.setupIntents.create({
      automatic_payment_methods: { enabled: true },
    });
    await pages.page.goto(pages.host.url);
    expect(await failureOf('stripe')).toBe('');
    const result = await pages.page.evaluate(
      `stripe.retrieveSetupIntent('${intent.client_secret}')`,
    );
    expect(result).toHaveProperty('setupIntent.id', intent.id);
  });
});
