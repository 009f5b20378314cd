import type { Account } from './context.ts';
import type { Params } from './params.ts';

/** One API call, decoded: who asks, the ids in its path, its parameters. */
export type Call = { account: Account; ids: { [name: string]: string }; params: Params };

/**
 * One line of Stripe's reference: a method, a path, what it answers. Its parameters are those of the
 * SDK's type for the same method and path, checked before `answer` runs (check-params.ts).
 */
export type Endpoint = {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** Names beside those that the SDK types: what browsers and the Stripe CLI send. Read with care. */
  more?: readonly string[];
  /** The most characters of a text; 5,000 when absent. */
  longestText?: number;
  /** `any` lets publishable keys in. */
  access?: 'secret' | 'any';
  /** Takes a JSON body as well as a form. */
  json?: boolean;
  /** Takes a multipart upload as well. */
  multipart?: boolean;
  /** Runs inside the request's transaction; throws SandboxError for every other answer than 200. */
  answer: (call: Call) => object;
};

/** The id at `:name` of the path. */
export function pathId(call: Call, name = 'id'): string {
  return call.ids[name] ?? '';
}
