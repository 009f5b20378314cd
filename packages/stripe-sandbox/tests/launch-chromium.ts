import chromiumPackage from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

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

/** What the browser has to say against a page from now on: exceptions, CSP violations, warnings. */
export function collectComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // The browser itself reports a decline's 402 as a failed load.
    const isDecline = message.text().includes('402 (Payment Required)');
    const isComplaint = ['error', 'warning'].includes(message.type());
    if (isComplaint && !isDecline) complaints.push(message.text());
  });
  return complaints;
}
