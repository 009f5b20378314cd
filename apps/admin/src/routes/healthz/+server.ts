import { aliveResponse } from '@onfile/api/http/probes.ts';
import { getRuntime } from '#lib/server/runtime.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = () => aliveResponse(getRuntime().settings.adminOrigin);
