import { join, resolve } from 'node:path';
import colors from 'picocolors';
import { startConstellation } from './constellation.ts';
import type { Constellation } from './constellation.ts';
import type { Flavour } from './constellation/child-plans.ts';
import type { ChildName } from './constellation/child.ts';
import { ownEnvironment } from './constellation/own-environment.ts';
import { checkPortsAreFree, readPorts } from './constellation/ports.ts';
import { printTable } from './constellation/print-table.ts';
import type { Start } from './constellation/run-until-signal.ts';

/** The demo in the data folder, on the ports that the environment names. */
export function runDemo(flavour: Flavour): Start {
  return async (onGroup) => {
    const ports = readPorts(process.env);
    await checkPortsAreFree(ports);
    const dataDir = resolve(process.env['ONFILE_DATA_DIR'] || 'data');
    const logDir = join(dataDir, 'logs');
    const demo = await startConstellation({
      flavour,
      ports,
      dataDir,
      logDir,
      onGroup,
      env: ownEnvironment(),
      say: (line) => console.log(line),
      ...(flavour === 'watched' && { onLine: printLine }),
    });
    printDemo(demo, logDir);
    return demo;
  };
}

function printDemo(demo: Constellation, logDir: string): void {
  const { shopper, owner } = demo.logins;
  printTable('Onfile is running. Ctrl-C ends it.', [
    ['Storefront', demo.storefrontUrl, shopper.email, shopper.password],
    ['Admin', demo.adminUrl, owner.email, owner.password],
    ['Sandbox', demo.sandboxUrl, 'a local Stripe', ''],
    ['Data', demo.dataDir, '', ''],
    ['Logs', logDir, '', ''],
    ['Cards', '4242 4242 4242 4242', 'any date to come, any code', ''],
  ]);
}

function printLine(name: ChildName, line: string): void {
  console.log(`${colors.dim(name.padEnd(10))} ${line}`);
}
