import type { Account } from './context.ts';
import { invalidRequest } from './errors.ts';
import { findExpandable } from './expand-table.ts';
import { isTree } from './params.ts';
import type { ParamTree } from './params.ts';
import type { StoredType } from './stored-objects.ts';

/** Fields that exist in Stripe's answers only when asked for, by object: put in here when expanded. */
export type Includable = (account: Account, object: ParamTree) => unknown;

/** Below `data.` on lists and search results, this many levels. */
const DEEPEST = 4;

/**
 * Replaces ids by the objects behind them, in place, for each path of `expand[]`. Throws 400 for a
 * path that is too deep, or leads to what cannot be expanded.
 */
export function expandObject(
  account: Account,
  root: ParamTree,
  paths: string[],
  includable: { [objectAndField: string]: Includable },
): void {
  paths.forEach((path, index) => {
    const levels = path.split('.');
    const param = `expand[${String(index)}]`;
    const depth = levels[0] === 'data' ? levels.length - 1 : levels.length;
    if (depth > DEEPEST) {
      throw invalidRequest(
        `You cannot expand more than ${String(DEEPEST)} levels of a property. Property: ${path.slice(0, 200)}`,
        { param },
      );
    }
    requireVisible(account, path, param);
    expandPath({ account, path, param, includable }, root, levels);
  });
}

/** A browser may see the payment method behind an intent, and nothing of the merchant's beyond it. */
function requireVisible(account: Account, path: string, param: string): void {
  if (account.request?.access !== 'publishable' || path === 'payment_method') return;
  throw invalidRequest(
    `This property cannot be expanded with a publishable API key (${path.slice(0, 200)}).`,
    { param },
  );
}

type Walk = {
  account: Account;
  path: string;
  param: string;
  includable: { [objectAndField: string]: Includable };
};

function expandPath(walk: Walk, target: ParamTree, levels: string[]): void {
  const [level, ...rest] = levels;
  if (level === undefined) return;
  const owner = typeof target.object === 'string' ? target.object : '';
  if (level === 'data' && Array.isArray(target.data)) {
    for (const element of target.data as unknown[]) continueInto(walk, element, rest);
    return;
  }
  const include = walk.includable[`${owner}.${level}`];
  if (include !== undefined) {
    target[level] = include(walk.account, target);
    continueInto(walk, target[level], rest);
    return;
  }
  const found = findExpandable(owner, levels);
  if (found !== undefined) {
    replaceId(walk, target, levels, found);
    return;
  }
  const embedded = Object.hasOwn(target, level) ? target[level] : undefined;
  if (!isTree(embedded) || (rest.length === 0 && typeof embedded.object !== 'string')) {
    throw invalidRequest(
      `This property cannot be expanded (${walk.path.slice(0, 200)}). You may want to try expanding another property.`,
      { param: walk.param },
    );
  }
  // Already there in full, such as a line item's price, or a hash on the way to such an object.
  expandPath(walk, embedded, rest);
}

/** Loads what an id stands for; a hash on the way may be null, and then there is nothing to do. */
function replaceId(
  walk: Walk,
  target: ParamTree,
  levels: string[],
  found: { behind: readonly StoredType[]; length: number },
): void {
  let holder = target;
  for (const name of levels.slice(0, found.length - 1)) {
    const next = holder[name];
    if (!isTree(next)) return;
    holder = next;
  }
  const field = levels[found.length - 1] ?? '';
  holder[field] = load(walk.account, found.behind, holder[field]);
  continueInto(walk, holder[field], levels.slice(found.length));
}

function continueInto(walk: Walk, value: unknown, rest: string[]): void {
  if (rest.length > 0 && isTree(value)) expandPath(walk, value, rest);
}

function load(account: Account, types: readonly StoredType[], value: unknown): unknown {
  if (typeof value !== 'string') return value;
  for (const type of types) {
    const row = account.ctx.store.find(account.id, type, value);
    if (row === undefined) continue;
    const deleted = 'deleted' in row.hidden && row.hidden.deleted;
    return deleted ? { id: value, object: type, deleted: true } : row.object;
  }
  return value;
}
