import { getStaffAuth } from '#lib/server/auth.ts';
import type { RequestHandler } from './$types';

const answer: RequestHandler = ({ request, locals }) =>
  getStaffAuth().handler(request, locals.facts.ipAddress);

export { answer as GET, answer as POST };
