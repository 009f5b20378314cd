import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';

/** The routes below `/_sandbox`. */
export type ControlApp = Hono<{ Bindings: HttpBindings }>;
