import type { AdminRouter } from '@onfile/api/admin/router.ts';
import { createTRPCClient, httpLink } from '@trpc/client';

/** The procedures, from the browser. */
export const trpc = createTRPCClient<AdminRouter>({ links: [httpLink({ url: '/trpc' })] });
