import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import ts from 'typescript';

export type Sdk = {
  version: string;
  apiVersion: string;
  program: ts.Program;
  checker: ts.TypeChecker;
  /** The folder of the SDK's resources, with one `.js` and one `.d.ts` for each. */
  resources: string;
};

/** The installed `stripe` package, its declarations parsed and bound, nothing of it run. */
export function openSdk(): Sdk {
  const require = createRequire(import.meta.url);
  // The CommonJS entry is `<package>/cjs/stripe.cjs.node.js`.
  const entry = dirname(require.resolve('stripe'));
  const manifest = JSON.parse(readFileSync(join(entry, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const resources = join(entry, 'resources');
  const program = ts.createProgram({
    rootNames: listFiles(resources, '.d.ts'),
    // Names are resolved, types are not checked: the standard library isn't needed for that.
    options: { noLib: true, types: [], module: ts.ModuleKind.NodeNext },
  });
  return {
    version: manifest.version,
    apiVersion: readApiVersion(join(entry, 'apiVersion.js')),
    program,
    checker: program.getTypeChecker(),
    resources,
  };
}

/** Every file below a folder whose name ends so, sorted: the order must not depend on the disk. */
export function listFiles(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))
    .sort((a, b) => (a < b ? -1 : 1));
}

/**
 * The name of a declaration, unique in the SDK: namespaces joined by dots, and for what is declared at
 * the top of a file in a sub-folder the folder as well (`Checkout.Session`, `BillingPortal.Session`).
 */
export function qualifiedName(sdk: Sdk, declaration: ts.NamedDeclaration): string {
  const names: string[] = [];
  for (let node: ts.Node = declaration; !ts.isSourceFile(node); node = node.parent) {
    if (isNamed(node)) names.unshift(node.name.text);
  }
  const file = declaration.getSourceFile().fileName;
  const name = names.join('.');
  if (!file.startsWith(sdk.resources)) return name;
  const folders = dirname(file.slice(sdk.resources.length + 1).replaceAll(sep, '/'));
  const prefix = folders === '.' ? '' : `${folders.replaceAll('/', '.')}.`;
  return name.startsWith(prefix) ? name : `${prefix}${name}`;
}

function isNamed(node: ts.Node): node is ts.Node & { name: ts.Identifier } {
  return (
    (ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isModuleDeclaration(node)) &&
    ts.isIdentifier(node.name)
  );
}

function readApiVersion(file: string): string {
  const version = /exports\.ApiVersion = '([^']+)'/.exec(readFileSync(file, 'utf8'))?.[1];
  if (version === undefined) throw new Error(`No API version in ${file}.`);
  return version;
}
