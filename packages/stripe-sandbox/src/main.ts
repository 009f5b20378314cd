import { createSandbox } from './server.ts';

const portText = process.env.SANDBOX_PORT || '3002';
const port = Number(portText);
if (!/^\d+$/.test(portText) || port > 65535) {
  console.error(`SANDBOX_PORT must be a port number, not "${portText}".`);
  process.exit(1);
}

try {
  const sandbox = await createSandbox({
    port,
    host: process.env.SANDBOX_HOST || '127.0.0.1',
    dataDir: process.env.ONFILE_DATA_DIR || './data',
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
