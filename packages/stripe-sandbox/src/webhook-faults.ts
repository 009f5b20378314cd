import { createDice } from './seeded-dice.ts';

/** A planted mishap of deliveries: `type` is an event type, a pattern with stars, or `*`. */
export type DeliveryFault = { action: 'drop' | 'double'; type: string; left: number };

/** How likely each delivery of a seeded mixture is dropped or doubled, 0 to 1, and whether order is lost. */
export type DeliveryChaos = { drop: number; double: number; shuffle: boolean };

/** What happens to one delivery: how often it is sent, and its place among those that wait. */
export type DeliveryPlan = { copies: 0 | 1 | 2; rank: number | null };

export type WebhookFaults = {
  plant(fault: DeliveryFault): void;
  list(): DeliveryFault[];
  chaos(): DeliveryChaos;
  /** From here on the same events in the same order meet the same mishaps. */
  startChaos(seed: number, chaos: DeliveryChaos): void;
  /** Decides about one delivery, at the moment its event is written. */
  plan(type: string): DeliveryPlan;
  clear(): void;
};

const CALM: DeliveryChaos = { drop: 0, double: 0, shuffle: false };

export function createWebhookFaults(): WebhookFaults {
  let planted: DeliveryFault[] = [];
  let chaos = CALM;
  let dice = createDice(0);
  const take = (type: string): DeliveryFault | undefined => {
    const fault = planted.find((one) => one.left > 0 && typeFits(one.type, type));
    if (fault !== undefined) fault.left -= 1;
    planted = planted.filter(({ left }) => left > 0);
    return fault;
  };
  return {
    plant: (fault) => void planted.push(fault),
    list: () => planted,
    chaos: () => chaos,
    startChaos(seed, next) {
      dice = createDice(seed);
      chaos = next;
    },
    plan(type) {
      // Always three throws, so that one probability moves nothing of the others.
      const [drop, double, rank] = [dice(), dice(), dice()];
      const fault = take(type)?.action;
      const dropped = fault === 'drop' || (fault === undefined && drop < chaos.drop);
      const doubled = fault === 'double' || (fault === undefined && double < chaos.double);
      return {
        copies: dropped ? 0 : doubled ? 2 : 1,
        rank: chaos.shuffle ? rank : null,
      };
    },
    clear() {
      planted = [];
      chaos = CALM;
    },
  };
}

/** Stars stand for anything, as in the `type` of `GET /v1/events`. */
function typeFits(pattern: string, type: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replaceAll('.', String.raw`\.`))
    .join('.*');
  return new RegExp(`^${expression}$`).test(type);
}
