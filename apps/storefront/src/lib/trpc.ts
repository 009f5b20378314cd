import type { StorefrontRouter } from '@onfile/api/storefront/router.ts';
import { createTRPCClient, httpLink } from '@trpc/client';

/** The procedures, from the browser. */
export const trpc = createTRPCClient<StorefrontRouter>({ links: [httpLink({ url: '/trpc' })] });
