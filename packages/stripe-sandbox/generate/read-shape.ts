import ts from 'typescript';
import { qualifiedName } from './open-sdk.ts';
import type { Sdk } from './open-sdk.ts';
import { isFraction } from './is-fraction.ts';
import { EMPTY, joinShapes } from './shape.ts';
import type { Shape } from './shape.ts';

type ObjectDeclaration = ts.InterfaceDeclaration | ts.TypeLiteralNode;

/** Shapes of the SDK's types; each interface met on the way is kept in `types`, by its unique name. */
export type ShapeReader = {
  types: Record<string, Shape>;
  /** The shape of a written type. A syntax it doesn't know is an error, never a guess. */
  read(node: ts.TypeNode): Shape;
  /** Keeps an interface in `types`: its unique name. */
  readInterface(declaration: ts.InterfaceDeclaration): string;
};

/**
 * Opens a reader. Of an interface that `isOpaque` names nothing is read: it stays a map of anything.
 */
export function createShapeReader(
  sdk: Sdk,
  isOpaque: (declaration: ts.InterfaceDeclaration) => boolean = () => false,
): ShapeReader {
  const types: Record<string, Shape> = {};

  function read(node: ts.TypeNode): Shape {
    if (ts.isParenthesizedTypeNode(node)) return read(node.type);
    if (ts.isLiteralTypeNode(node)) return readLiteral(node);
    if (ts.isArrayTypeNode(node)) return { t: 'array', of: read(node.elementType) };
    if (ts.isTypeLiteralNode(node)) return readObject(node);
    if (ts.isUnionTypeNode(node)) return readUnion(node);
    if (ts.isTypeReferenceNode(node)) return readReference(node);
    return readKeyword(node);
  }

  function readUnion(node: ts.UnionTypeNode): Shape {
    const parts = node.types.filter((part) => !isNamed(part, 'OtherString'));
    return joinShapes(parts.map(read));
  }

  function readReference(node: ts.TypeReferenceNode): Shape {
    const [argument] = node.typeArguments ?? [];
    const known = KNOWN[node.typeName.getText()];
    if (known) return known(argument ? read(argument) : undefined);
    const declarations = declarationsOf(sdk, node.typeName);
    const alias = declarations.find(ts.isTypeAliasDeclaration);
    if (alias && !alias.typeParameters) return read(alias.type);
    const declared = declarations.find(ts.isInterfaceDeclaration);
    if (!declared) throw unknownSyntax(node);
    return { t: 'ref', name: readInterface(declared) };
  }

  function readInterface(declaration: ts.InterfaceDeclaration): string {
    if (declaration.typeParameters) throw unknownSyntax(declaration);
    const name = qualifiedName(sdk, declaration);
    if (types[name] === undefined) {
      // Set before its fields are read: a type may contain itself.
      types[name] = { t: 'map', of: { t: 'any' } };
      if (!isOpaque(declaration)) types[name] = readObject(declaration);
    }
    return name;
  }

  function readObject(declaration: ObjectDeclaration): Shape {
    const fields: Record<string, Shape> = {};
    const required = new Set<string>();
    for (const member of membersOf(sdk, declaration)) {
      if (ts.isIndexSignatureDeclaration(member)) return { t: 'map', of: read(member.type) };
      if (!ts.isPropertySignature(member) || !member.type) throw unknownSyntax(member);
      const name = ts.isComputedPropertyName(member.name) ? undefined : member.name.text;
      if (name === undefined) throw unknownSyntax(member);
      // `deleted?: void` says that a field is never there.
      if (member.type.kind === ts.SyntaxKind.VoidKeyword) continue;
      const shape = read(member.type);
      fields[name] = isFraction(name, member) ? asFraction(shape) : shape;
      if (member.questionToken) required.delete(name);
      else required.add(name);
    }
    return { t: 'object', fields, required: [...required] };
  }

  return { types, read, readInterface };
}

/** Types that mean something of their own; `of` is the shape of their argument. */
const KNOWN: Record<string, (of: Shape | undefined) => Shape> = {
  Array: (of) => ({ t: 'array', of: of ?? { t: 'any' } }),
  ApiList: (of) => ({ t: 'list', of: of ?? { t: 'any' } }),
  Emptyable: (of) => joinShapes([of ?? { t: 'any' }, EMPTY]),
  Decimal: () => ({ t: 'decimal' }),
  FileData: () => ({ t: 'file' }),
  Buffer: () => ({ t: 'file' }),
  Uint8Array: () => ({ t: 'file' }),
  OtherString: () => ({ t: 'string' }),
  // Numbers in metadata become strings in the SDK; an empty one deletes its key.
  MetadataParam: () => ({ t: 'map', of: { t: 'string', clearable: true } }),
};

function readLiteral(node: ts.LiteralTypeNode): Shape {
  const { literal } = node;
  if (ts.isStringLiteral(literal)) return { t: 'enum', values: [literal.text] };
  if (literal.kind === ts.SyntaxKind.NullKeyword) return EMPTY;
  if (literal.kind === ts.SyntaxKind.TrueKeyword) return { t: 'boolean', only: true };
  if (literal.kind === ts.SyntaxKind.FalseKeyword) return { t: 'boolean', only: false };
  throw unknownSyntax(node);
}

function readKeyword(node: ts.TypeNode): Shape {
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return { t: 'string' };
    case ts.SyntaxKind.NumberKeyword:
      return { t: 'integer' };
    case ts.SyntaxKind.BooleanKeyword:
      return { t: 'boolean' };
    case ts.SyntaxKind.AnyKeyword:
    case ts.SyntaxKind.UnknownKeyword:
    case ts.SyntaxKind.ObjectKeyword:
      return { t: 'any' };
    default:
      throw unknownSyntax(node);
  }
}

function asFraction(shape: Shape): Shape {
  return shape.t === 'integer' ? { ...shape, t: 'number' } : shape;
}

/** The members of an interface after those of what it extends, so that its own win. */
function membersOf(sdk: Sdk, declaration: ObjectDeclaration): ts.TypeElement[] {
  const clauses = ts.isInterfaceDeclaration(declaration) ? declaration.heritageClauses : [];
  const inherited = (clauses ?? []).flatMap((clause) =>
    clause.types.flatMap((parent) => {
      const declared = declarationsOf(sdk, parent.expression).find(ts.isInterfaceDeclaration);
      if (!declared || parent.typeArguments) throw unknownSyntax(parent);
      return membersOf(sdk, declared);
    }),
  );
  return [...inherited, ...declaration.members];
}

function declarationsOf(sdk: Sdk, name: ts.Node): ts.Declaration[] {
  const symbol = sdk.checker.getSymbolAtLocation(name);
  if (!symbol) return [];
  const isImport = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  return (isImport ? sdk.checker.getAliasedSymbol(symbol) : symbol).declarations ?? [];
}

function isNamed(node: ts.TypeNode, name: string): boolean {
  return ts.isTypeReferenceNode(node) && node.typeName.getText() === name;
}

function unknownSyntax(node: ts.Node): Error {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  return new Error(`${file.fileName}:${line + 1}: can't read the type ${node.getText()}`);
}
