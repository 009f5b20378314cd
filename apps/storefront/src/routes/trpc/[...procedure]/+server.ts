import type { RequestHandler } from './$types';
import { serveTrpc } from '@onfile/api/http/serve-trpc.ts';
import { storefrontRouter } from '@onfile/api/storefront/router.ts';
import { contextOf } from '#lib/server/caller.ts';

const handler: RequestHandler = ({ request, locals }) =>
  serveTrpc(request, storefrontRouter, contextOf(locals));

export const GET = handler;
export const POST = handler;
