import chromiumPackage from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** Not the package's own flags: `--single-process` among them crashes at the second context. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium that comes from npm, so that browser tests need no download. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: await chromiumPackage.executablePath(), args: FLAGS });
}
