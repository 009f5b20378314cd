type Handler = (event: never) => unknown;

/** What pages register on an element or on Checkout, by the name of the event. */
export type Listeners = {
  on(name: string, handler: Handler): void;
  once(name: string, handler: Handler): void;
  off(name: string, handler?: Handler): void;
  /** A handler that throws does not keep the others from hearing. */
  emit(name: string, event: object): void;
};

export function createListeners(): Listeners {
  let entries: { name: string; handler: Handler; once: boolean }[] = [];
  return {
    on(name, handler) {
      entries.push({ name, handler, once: false });
    },
    once(name, handler) {
      entries.push({ name, handler, once: true });
    },
    off(name, handler) {
      entries = entries.filter(
        (entry) => entry.name !== name || (handler !== undefined && entry.handler !== handler),
      );
    },
    emit(name, event) {
      const heard = entries.filter((entry) => entry.name === name);
      entries = entries.filter((entry) => !(entry.name === name && entry.once));
      for (const { handler } of heard) {
        try {
          // Whoever emits knows which event belongs to the name.
          handler(event as never);
        } catch (error) {
          reportError(error);
        }
      }
    },
  };
}
