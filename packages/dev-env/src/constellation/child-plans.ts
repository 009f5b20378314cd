import { join } from 'node:path';
import { repositoryRoot } from '../repository-root.ts';
import type { ChildName, ChildPlan } from './child.ts';
import type { Ports } from './ports.ts';

/** How the processes run: `built` as in production, `watched` with hot reload. */
export type Flavour = 'built' | 'watched';

/** What to run for each child. The apps answer on loopback unless HOST says otherwise. */
export function childPlan(
  name: ChildName,
  ports: Ports,
  env: Record<string, string>,
  flavour: Flavour,
): ChildPlan {
  switch (name) {
    case 'sandbox':
      return {
        name,
        command: { args: [entry('packages/stripe-sandbox/src/main.ts')] },
        env: {
          // An app that was just restarted shall hear soon of what it missed.
          SANDBOX_WEBHOOK_RETRIES: 'quick',
          ...env,
          SANDBOX_PORT: String(ports.sandbox),
          SANDBOX_HOST: '127.0.0.1',
        },
      };
    case 'worker':
      return {
        name,
        command: {
          args: [...(flavour === 'watched' ? ['--watch'] : []), entry('apps/worker/src/main.ts')],
        },
        env: { ...env, WORKER_PORT: String(ports.worker) },
      };
    case 'storefront':
    case 'admin':
      return {
        name,
        command: flavour === 'watched' ? viteServer(name, ports[name]) : builtApp(name),
        env: {
          HOST: '127.0.0.1',
          // Staff send files of evidence of up to 5 MB, written in base64.
          BODY_SIZE_LIMIT: name === 'admin' ? '8M' : '1M',
          SHUTDOWN_TIMEOUT: '5',
          ...env,
          NODE_ENV: flavour === 'watched' ? 'development' : 'production',
          PORT: String(ports[name]),
          ORIGIN: (name === 'storefront' ? env['STOREFRONT_ORIGIN'] : env['ADMIN_ORIGIN']) ?? '',
        },
      };
  }
}

function entry(path: string): string {
  return join(repositoryRoot, path);
}

/** The storefront has a server of its own in front of the adapter's, for Stripe's deliveries. */
function builtApp(name: 'storefront' | 'admin'): ChildPlan['command'] {
  const file = name === 'storefront' ? 'server/main.js' : 'index.js';
  return { args: [entry(`apps/${name}/build/${file}`)], cwd: entry(`apps/${name}`) };
}

function viteServer(name: string, port: number): ChildPlan['command'] {
  const vite = entry(`apps/${name}/node_modules/vite/bin/vite.js`);
  return {
    args: [vite, 'dev', '--host', '127.0.0.1', '--port', String(port), '--strictPort'],
    cwd: entry(`apps/${name}`),
  };
}
