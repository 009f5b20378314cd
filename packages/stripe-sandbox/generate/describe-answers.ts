import ts from 'typescript';
import { objectSchema, toJsonSchema } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { openSdk, qualifiedName } from './open-sdk.ts';
import type { Sdk } from './open-sdk.ts';
import { createShapeReader } from './read-shape.ts';
import type { Shape } from './shape.ts';

/** The objects that are described, by their `object` field. Others may be there, unread, as any object. */
const COVERED = [
  'account',
  'balance_transaction',
  'billing_portal.configuration',
  'billing_portal.session',
  'charge',
  'checkout.session',
  'confirmation_token',
  'coupon',
  'customer',
  'customer_session',
  'discount',
  'dispute',
  'event',
  'file',
  'file_link',
  'item',
  'mandate',
  'payment_intent',
  'payment_method',
  'payment_method_configuration',
  'plan',
  'price',
  'product',
  'product_feature',
  'refund',
  'setup_attempt',
  'setup_intent',
  'subscription',
  'subscription_item',
  'v2.core.account',
  'webhook_endpoint',
];

/** An event carries any object; which one is for its reader to check. */
const OPAQUE = ['Event.Data.Object', 'Event.Data.PreviousAttributes'];

/**
 * What the installed SDK says an answer holds, as the text of `tests/conformance/answers.json`: a JSON
 * Schema whose `$defs` are the objects by their `object` field, and the SDK's types by their name.
 */
export function describeAnswers(): string {
  const sdk = openSdk();
  const found = findObjects(sdk);
  const covered = new Set(COVERED.flatMap((object) => found.get(object) ?? []));
  const shapes = createShapeReader(
    sdk,
    (declaration) =>
      (objectOf(declaration) !== undefined && !covered.has(declaration)) ||
      OPAQUE.includes(qualifiedName(sdk, declaration)),
  );
  const objects: Record<string, JsonSchema> = {};
  for (const object of COVERED) {
    const names = (found.get(object) ?? []).map((declaration) => shapes.readInterface(declaration));
    if (names.length === 0) throw new Error(`The SDK has no ${object}.`);
    objects[object] = objectSchema(names, shapes.types);
  }
  const types = Object.fromEntries(
    Object.entries(shapes.types).map(([name, shape]) => [
      name,
      toJsonSchema(name.startsWith('V2.') ? clearOptional(shape) : shape, shapes.types),
    ]),
  );
  const title = `Stripe ${sdk.apiVersion}, as stripe ${sdk.version} declares it`;
  return `${JSON.stringify({ title, $defs: { ...objects, ...types } })}\n`;
}

/** API v2 answers null for what was not asked for with `include`; the SDK calls it optional. */
function clearOptional(shape: Shape): Shape {
  if (shape.t !== 'object') return shape;
  const fields = Object.entries(shape.fields).map(([name, field]): [string, Shape] => [
    name,
    shape.required.includes(name) ? field : { ...field, clearable: true },
  ]);
  return { ...shape, fields: Object.fromEntries(fields) };
}

/** The interfaces at the top of the SDK's files that are objects of the API, by their `object` field. */
function findObjects(sdk: Sdk): Map<string, ts.InterfaceDeclaration[]> {
  const found = new Map<string, ts.InterfaceDeclaration[]>();
  for (const file of sdk.program.getSourceFiles()) {
    for (const declaration of file.statements.filter(ts.isInterfaceDeclaration)) {
      const object = objectOf(declaration);
      if (object !== undefined) found.set(object, [...(found.get(object) ?? []), declaration]);
    }
  }
  return found;
}

function objectOf(declaration: ts.InterfaceDeclaration): string | undefined {
  const member = declaration.members.find((part) => part.name?.getText() === 'object');
  if (!member || !ts.isPropertySignature(member) || !member.type) return undefined;
  return ts.isLiteralTypeNode(member.type) && ts.isStringLiteral(member.type.literal)
    ? member.type.literal.text
    : undefined;
}
