import type { Server } from 'node:http';
import { takeDeliveriesFirst } from '@onfile/api/http/take-deliveries-first.ts';
import { getRuntime } from '#lib/server/runtime.ts';

// The app as it runs, built together with it (vite.config.ts): adapter-node's server, with HOST, PORT and
// the rest of its variables, but for Stripe's deliveries. What is imported stands beside this file there;
// once it is, the runtime is open and the server listens.
const adapter = './adapter-index.js';
const { server } = (await import(/* @vite-ignore */ adapter)) as { server: Server };
takeDeliveriesFirst(server, getRuntime);
