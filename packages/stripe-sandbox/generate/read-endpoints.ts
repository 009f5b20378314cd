import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { listFiles } from './open-sdk.ts';
import type { Sdk } from './open-sdk.ts';

export type SdkEndpoint = {
  /** `POST /v1/payment_intents/:id/confirm` */
  key: string;
  path: string;
  /** The declared type of the call's `params`; absent when the call takes none. */
  params: ts.TypeNode | undefined;
};

/** Every call the SDK can make, in the order of its files, each method and path once. */
export function readEndpoints(sdk: Sdk): SdkEndpoint[] {
  const endpoints = new Map<string, SdkEndpoint>();
  for (const file of listFiles(sdk.resources, '.js')) {
    const declared = declaredParams(sdk, file.replace(/\.js$/, '.d.ts'));
    for (const { caller, method, path } of requestsOf(file)) {
      const key = `${method} ${path}`;
      // Two methods may make one call (`retrieve()` and `retrieveCurrent()`): the first names its type.
      const params = endpoints.get(key)?.params ?? declared.get(caller);
      endpoints.set(key, { key, path, params });
    }
  }
  return [...endpoints.values()];
}

type Request = { caller: string; method: string; path: string };

/** The `this._makeRequest('GET', '/v1/…')` of a resource, by class and method. */
function requestsOf(file: string): Request[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const requests: Request[] = [];
  const visit = (node: ts.Node, caller: string): void => {
    const inside =
      ts.isMethodDeclaration(node) && ts.isIdentifier(node.name)
        ? callerName(node.parent, node.name)
        : caller;
    if (ts.isCallExpression(node) && /\._makeRequest$/.test(node.expression.getText(source))) {
      const [method, path] = node.arguments;
      const written = path && readPath(path);
      if (method && ts.isStringLiteral(method) && written) {
        requests.push({ caller: inside, method: method.text, path: written });
      }
    }
    node.forEachChild((child) => visit(child, inside));
  };
  visit(source, '');
  return requests;
}

/** `/v1/refunds/${encodeURIComponent(id)}` as `/v1/refunds/:id`. */
function readPath(node: ts.Expression): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map((span) => `:id${span.literal.text}`).join('');
}

/** The type of each method's parameter called `params`, by class and method. */
function declaredParams(sdk: Sdk, file: string): Map<string, ts.TypeNode> {
  const found = new Map<string, ts.TypeNode>();
  const classes = sdk.program.getSourceFile(file)?.statements.filter(ts.isClassDeclaration) ?? [];
  for (const resource of classes) {
    for (const method of resource.members.filter(ts.isMethodDeclaration)) {
      const params = method.parameters.find((parameter) => parameter.name.getText() === 'params');
      if (params?.type) found.set(callerName(resource, method.name), params.type);
    }
  }
  return found;
}

function callerName(owner: ts.Node, method: ts.Node): string {
  const name = ts.isClassLike(owner) ? owner.name?.text : undefined;
  return `${name ?? ''}.${method.getText()}`;
}
