import type { StorefrontRouter } from '@onfile/api/storefront/router.ts';
import type { inferRouterOutputs } from '@trpc/server';

/** What each procedure answers. */
export type RouterOutput = inferRouterOutputs<StorefrontRouter>;
