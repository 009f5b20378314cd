import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { adminRouter } from '../src/admin/router.ts';
import { storefrontRouter } from '../src/storefront/router.ts';
import { answerOf, callersOf } from './callers.ts';
import { shopperCalls, staffCalls } from './every-call.ts';
import type { World } from './every-call.ts';
import { openWorld } from './open-world.ts';

const notOwn = 'environment_not_own';

describeOnBothDatabases('a database of another shop', (dialect) => {
  let w: World;
  beforeAll(async () => {
    w = await openWorld(dialect);
  });
  afterAll(() => w.test.close());

  it('lets everything be looked at, and nothing be changed', async () => {
    const { runtime } = w.test;
    const place = { mode: 'sandbox', origin: null } as const;
    const standing = {
      kind: 'foreign' as const,
      recorded: { ...place, account: 'acct_ours' },
      given: { ...place, account: 'acct_theirs' },
      isCopy: false,
    };
    const copy = { runtime: { ...runtime, guard: { ...runtime.guard, standing } } };
    const as = callersOf(copy);
    const kinds = (router: { _def: { procedures: object } }, name: string) =>
      (router._def.procedures as Record<string, { _def: { type: string } }>)[name]?._def.type;
    let refused = 0;
    for (const [name, call] of Object.entries(shopperCalls(w))) {
      if (kinds(storefrontRouter, name) !== 'mutation') continue;
      expect([name, await answerOf(call(as.shopper('ada')))]).toEqual([name, notOwn]);
      refused += 1;
    }
    for (const [name, call] of Object.entries(staffCalls(w))) {
      const isMutation = kinds(adminRouter, name) === 'mutation';
      if (name === 'environment.decide') continue;
      const expected = isMutation ? notOwn : 'allowed';
      expect([name, await answerOf(call(as.staff('owner')))]).toEqual([name, expected]);
      if (isMutation) refused += 1;
    }
    expect(refused).toBeGreaterThan(50);
    const typo = as.staff('owner').environment.decide({ verdict: 'moved', account: 'acct_ours' });
    expect(await answerOf(typo)).toBe('environment_account_differs');
  });
});
