import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { unpackChromium } from './unpack-chromium.ts';

/** Arguments under which the browser runs as root, without a display and without calling home. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Where a Chromium is on this machine: on Linux x64 the one from npm (unpacked to a temporary
 * folder), elsewhere an installed Chrome, Edge or Chromium, or the one that Playwright downloaded.
 * `ONFILE_CHROMIUM` overrides it.
 * @throws an error whose message says what to install
 */
export async function chromiumPath(): Promise<string> {
  const chosen = process.env['ONFILE_CHROMIUM'];
  if (chosen) return chosen;
  if (process.platform === 'linux' && process.arch === 'x64') return unpackChromium();
  for (const path of [...installedPaths(), chromium.executablePath()]) {
    if (await exists(path)) return path;
  }
  throw new Error(
    'No Chromium was found. Install Google Chrome, or run "npx playwright install chromium", ' +
      'or set ONFILE_CHROMIUM to the path of one.',
  );
}

function installedPaths(): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(
      (name) => process.env[name] ?? [],
    );
    return roots.flatMap((root) => [
      join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]);
  }
  return ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'].map((name) =>
    join('/usr/bin', name),
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
