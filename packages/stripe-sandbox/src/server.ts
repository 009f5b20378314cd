import { createAdaptorServer } from '@hono/node-server';
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Hono } from 'hono';
import { createClock } from './clock.ts';
import type { Clock } from './clock.ts';
import type { SandboxContext } from './context.ts';
import { openDatabase } from './open-database.ts';
import { createStore } from './store.ts';
import type { Store } from './store.ts';

export type Sandbox = { url: string; port: number; close(): Promise<void> };
export type SandboxOptions = {
  /** 0 or absent: a free port. */
  port?: number;
  /** Loopback unless told otherwise. */
  host?: string;
  /** Where `sandbox.sqlite` lives; absent: in memory. */
  dataDir?: string;
  clock?: Clock;
};
