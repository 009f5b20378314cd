/** What a planted fault does to an answer (see the control API). */
export const FAULT_ACTIONS = [
  'hold_before',
  'hold_after',
  'reset_before',
  'reset_after',
  'status',
] as const;
type FaultAction = (typeof FAULT_ACTIONS)[number];

export type Fault = {
  id: string;
  method: string;
  path: string;
  action: FaultAction;
  status: number;
  /** How many more requests it hits. */
  left: number;
};

/** Faults that wait for their requests, and answers that are held back. */
export type Faults = {
  plant(fault: Fault): void;
  /** Takes the first fault that fits and counts it down. */
  take(method: string, path: string): Fault | undefined;
  list(): Fault[];
  /** Waits until the fault is released; false when the client went away before. */
  hold(faultId: string, clientGone: Promise<void>): Promise<boolean>;
  /** Lets the held answers of a fault go; how many there were. */
  release(faultId: string): number;
  clear(): void;
};

export function createFaults(): Faults {
  let planted: Fault[] = [];
  const held = new Map<string, Set<() => void>>();
  const release = (id: string): number => {
    const waiting = held.get(id) ?? new Set();
    held.delete(id);
    for (const resume of waiting) resume();
    return waiting.size;
  };
  return {
    plant: (fault) => void planted.push(fault),
    take(method, path) {
      const fault = planted.find(
        (candidate) =>
          candidate.left > 0 &&
          ['*', method].includes(candidate.method) &&
          pathFits(candidate.path, path),
      );
      if (fault !== undefined) fault.left -= 1;
      return fault;
    },
    list: () => planted,
    async hold(id, clientGone) {
      const waiting = held.get(id) ?? new Set();
      held.set(id, waiting);
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const resume = (): void => {
        resolve(true);
      };
      waiting.add(resume);
      const released = await Promise.race([promise, clientGone.then(() => false)]);
      waiting.delete(resume);
      return released;
    },
    release,
    clear() {
      planted = [];
      for (const id of [...held.keys()]) release(id);
    },
  };
}

/** A pattern is a prefix, or has stars: `/v1/payment_intents/<star>/confirm`. */
function pathFits(pattern: string, path: string): boolean {
  if (!pattern.includes('*')) return path.startsWith(pattern);
  const expression = pattern
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('[^/]*');
  return new RegExp(`^${expression}$`).test(path);
}
