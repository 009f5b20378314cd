import { adminRouter } from '@onfile/api/admin/router.ts';
import { serveTrpc } from '@onfile/api/http/serve-trpc.ts';
import { contextOf } from '#lib/server/caller.ts';
import type { RequestHandler } from './$types';

const answer: RequestHandler = ({ request, locals }) =>
  serveTrpc(request, adminRouter, contextOf(locals));

export { answer as GET, answer as POST };
