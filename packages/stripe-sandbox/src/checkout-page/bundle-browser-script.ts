import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const bundles = new Map<string, Promise<string>>();

async function bundle(entryPoint: URL): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(entryPoint)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    // Not the package's tsconfig: it speaks of Node, and type checks are tsc's own.
    tsconfigRaw: '{}',
    logLevel: 'silent',
  });
  return result.outputFiles[0]?.text ?? '';
}

/** One classic script out of TypeScript sources; made at the first request, then kept in memory. */
export function bundleBrowserScript(entryPoint: URL): Promise<string> {
  const made = bundles.get(entryPoint.href) ?? bundle(entryPoint);
  bundles.set(entryPoint.href, made);
  return made;
}
