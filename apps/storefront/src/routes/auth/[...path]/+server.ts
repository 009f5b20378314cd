import type { RequestHandler } from './$types';
import { getShopperAuth } from '#lib/server/auth.ts';

const handler: RequestHandler = ({ request, locals }) =>
  getShopperAuth().handler(request, locals.facts.ipAddress);

export const GET = handler;
export const POST = handler;
