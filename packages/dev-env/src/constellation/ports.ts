import { createServer } from 'node:net';

/** A mistake of whoever runs us, as a sentence; shown without a stack. */
export class StartError extends Error {
  override name = 'StartError';
}

export interface Ports {
  storefront: number;
  admin: number;
  sandbox: number;
  /** Where the worker answers probes; 0: nowhere. */
  worker: number;
}

const variables = {
  storefront: { name: 'STOREFRONT_PORT', usual: 3000 },
  admin: { name: 'ADMIN_PORT', usual: 3001 },
  sandbox: { name: 'SANDBOX_PORT', usual: 3002 },
  worker: { name: 'WORKER_PORT', usual: 3003 },
} as const;

/**
 * Reads STOREFRONT_PORT, ADMIN_PORT, SANDBOX_PORT and WORKER_PORT.
 * @throws StartError for one that is not a port, and for the same one twice
 */
export function readPorts(env: NodeJS.ProcessEnv): Ports {
  const ports = {
    storefront: readPort(env, 'storefront'),
    admin: readPort(env, 'admin'),
    sandbox: readPort(env, 'sandbox'),
    worker: readPort(env, 'worker'),
  };
  if (new Set(Object.values(ports)).size < 4) {
    throw new StartError('STOREFRONT_PORT, ADMIN_PORT, SANDBOX_PORT and WORKER_PORT must differ.');
  }
  return ports;
}

function readPort(env: NodeJS.ProcessEnv, name: keyof Ports): number {
  const variable = variables[name];
  const value = env[variable.name];
  if (value === undefined || value === '') return variable.usual;
  const port = Number(value);
  if (name === 'worker' && value === '0') return 0;
  if (!/^\d+$/.test(value) || port < 1 || port > 65_535) {
    throw new StartError(`${variable.name} must be a port from 1 to 65535, not "${value}".`);
  }
  return port;
}

/**
 * Looks whether something listens on these ports already, on IPv4 or IPv6 loopback: a browser asks
 * both for "localhost".
 * @throws StartError that names each taken port and its variable
 */
export async function checkPortsAreFree(ports: Partial<Ports>): Promise<void> {
  const sentences: string[] = [];
  for (const [name, port] of Object.entries(ports) as [keyof Ports, number][]) {
    if (port === 0) continue;
    const isFree = (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'));
    if (!isFree) {
      sentences.push(
        `Port ${String(port)}, for the ${name}, is in use: ` +
          `stop what uses it, or set ${variables[name].name} to another.`,
      );
    }
  }
  if (sentences.length > 0) throw new StartError(sentences.join('\n'));
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    // A machine without IPv6 has nobody listening there.
    probe.once('error', (problem: NodeJS.ErrnoException) =>
      resolve(problem.code === 'EADDRNOTAVAIL' || problem.code === 'EAFNOSUPPORT'),
    );
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
