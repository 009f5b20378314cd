import { metricsResponse } from '@onfile/api/http/probes.ts';
import { getRuntime } from '#lib/server/runtime.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ request }) => {
  const runtime = getRuntime();
  return metricsResponse(runtime, request, runtime.settings.storefrontOrigin);
};
