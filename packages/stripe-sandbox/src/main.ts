import { RATE_LIMIT_MODES } from './limits.ts';
import { createSandbox } from './server.ts';

const portText = process.env.SANDBOX_PORT || '3002';
const port = Number(portText);
if (!/^\d+$/.test(portText) || port > 65535) {
  console.error(`SANDBOX_PORT must be a port number, not "${portText}".`);
  process.exit(1);
}
const rateLimits = RATE_LIMIT_MODES.find(
  (mode) => mode === (process.env.SANDBOX_RATE_LIMITS || 'off'),
);
if (rateLimits === undefined) {
  console.error(`SANDBOX_RATE_LIMITS must be off, test or live.`);
  process.exit(1);
}
const webhookRetries = process.env.SANDBOX_WEBHOOK_RETRIES || 'stripe';
if (webhookRetries !== 'stripe' && webhookRetries !== 'quick') {
  console.error('SANDBOX_WEBHOOK_RETRIES must be stripe or quick.');
  process.exit(1);
}

try {
  const sandbox = await createSandbox({
    port,
    host: process.env.SANDBOX_HOST || '127.0.0.1',
    dataDir: process.env.ONFILE_DATA_DIR || './data',
    rateLimits,
    webhookRetries,
    ...(process.env.SHOP_NAME && { accountName: process.env.SHOP_NAME }),
  });
  console.log(
    `Sandbox: ${sandbox.url} (any sk_test_… / pk_test_… pair, nothing leaves this machine)`,
  );
  const stop = (): void => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
