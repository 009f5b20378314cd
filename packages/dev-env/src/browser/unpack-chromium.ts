import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packaged, { inflate, setupLambdaEnvironment } from '@sparticuz/chromium';
import { execa } from 'execa';

/**
 * Unpacks the Chromium that comes from npm into the system's temporary folder, if it is not there
 * yet. A bare Debian lacks libraries that it links to; then the ones that are packed with it are
 * put where this process and its children find them.
 */
export async function unpackChromium(): Promise<string> {
  const path = await packaged.executablePath();
  if (await lacksLibraries(path)) {
    const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
    await inflate(join(entry, '..', '..', 'bin', 'al2023.tar.br'));
    setupLambdaEnvironment(join(tmpdir(), 'al2023', 'lib'));
  }
  return path;
}

async function lacksLibraries(path: string): Promise<boolean> {
  const { stdout } = await execa('ldd', [path], { reject: false });
  return stdout?.includes('not found') ?? false;
}
