import { readFileSync } from 'node:fs';

type Schema = { [keyword: string]: unknown; properties?: Record<string, Schema> };
const { $defs } = JSON.parse(readFileSync(new URL('./answers.json', import.meta.url), 'utf8')) as {
  $defs: Record<string, Schema>;
};

/**
 * The paths in an object of the API (`payment_intent`) that hold an id or, when asked to expand, the
 * object behind it: what the SDK types as `string | Something`.
 */
export function listExpandable(object: string): string[] {
  const kept = ($defs[object]?.['else'] ?? $defs[object]) as Schema | undefined;
  return listBelow(nameOf(kept), []);
}

/** Stops at the four levels that `expand[]` may have, so at types that contain themselves too. */
function listBelow(type: string, path: string[]): string[] {
  return Object.entries($defs[type]?.properties ?? {}).flatMap(([name, schema]) => {
    const here = [...path, name];
    const types = [schema['type']].flat();
    if (!types.includes('object')) return [];
    if (types.includes('string')) return [here.join('.')];
    const isObject = $defs[nameOf(schema)]?.properties?.['object'] !== undefined;
    return here.length < 4 && !isObject ? listBelow(nameOf(schema), here) : [];
  });
}

/** The one type a schema refers to, or nothing. */
function nameOf(schema: unknown): string {
  return /"\$ref":"#\/\$defs\/([^"]+)"/.exec(JSON.stringify(schema ?? {}))?.[1] ?? '';
}
