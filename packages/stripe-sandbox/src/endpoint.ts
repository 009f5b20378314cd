import type { Account } from './context.ts';
import type { Params } from './params.ts';

/** One API call, decoded: who asks, the ids in its path, its parameters. */
export type Call = { account: Account; ids: { [name: string]: string }; params: Params };

/** One line of Stripe's reference: a method, a path, the parameters it takes, and what it answers. */
export type Endpoint = {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** Names at the top level; any other is `parameter_unknown`. `expand` is always allowed. */
  params: readonly string[];
  /** `any` lets publishable keys in. */
  access?: 'secret' | 'any';
  /** Takes a JSON body as well as a form. */
  json?: boolean;
  /** Runs inside the request's transaction; throws SandboxError for every other answer than 200. */
  answer: (call: Call) => object;
};

/** The id at `:name` of the path. */
export function pathId(call: Call, name = 'id'): string {
  return call.ids[name] ?? '';
}
