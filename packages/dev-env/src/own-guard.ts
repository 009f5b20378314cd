import type { EnvironmentGuard } from '@onfile/payments/environment/guard.ts';

/** For a runtime whose database was made for its keys a moment ago: there is nothing to look up. */
export function ownGuard(): EnvironmentGuard {
  return {
    standing: { kind: 'own', account: null },
    checkedAt: Infinity,
    checking: null,
    account: null,
  };
}
