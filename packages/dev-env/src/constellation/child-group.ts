import { startChild } from './child.ts';
import type { Child, ChildName, ChildPlan } from './child.ts';
import type { Ports } from './ports.ts';
import { waitUntilReady } from './wait-until-ready.ts';

export interface ChildEnd {
  child: Child;
  /** A clause such as "ended with exit code 1". */
  how: string;
}

/** Processes that live and end together. */
export interface ChildGroup {
  /** Starts a child and resolves when it is ready. */
  start(plan: ChildPlan): Promise<void>;
  get(name: ChildName): Child;
  kill(name: ChildName, signal: NodeJS.Signals): Promise<void>;
  /** Ends all: first what asks the sandbox, then the sandbox. Nothing starts after. */
  stop(): Promise<void>;
  /** Resolves when a ready child ends that nobody here ended. */
  unexpectedEnd: Promise<ChildEnd>;
}

export function openChildGroup(ports: Ports): ChildGroup {
  const children = new Map<ChildName, Child>();
  const meantToEnd = new Set<Child>();
  const { promise: unexpectedEnd, resolve: reportEnd } = Promise.withResolvers<ChildEnd>();
  let isStopping = false;
  const get = (name: ChildName): Child => {
    const child = children.get(name);
    if (!child) throw new Error(`There is no ${name} in this constellation.`);
    return child;
  };
  const stopThese = async (names: ChildName[]): Promise<void> => {
    const present = names.flatMap((name) => children.get(name) ?? []);
    await Promise.all(present.map((child) => child.stop()));
  };
  return {
    get,
    unexpectedEnd,
    async start(plan) {
      if (isStopping) return;
      const child = startChild(plan);
      children.set(plan.name, child);
      await waitUntilReady(child, ports);
      void child.ended.then((how) => {
        if (!isStopping && !meantToEnd.has(child)) reportEnd({ child, how });
      });
    },
    async kill(name, signal) {
      meantToEnd.add(get(name));
      await get(name).kill(signal);
    },
    async stop() {
      isStopping = true;
      await stopThese(['storefront', 'admin', 'worker']);
      await stopThese(['sandbox']);
    },
  };
}
