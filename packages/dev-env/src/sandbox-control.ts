/** One line of the sandbox's request log. */
export interface SandboxRequest {
  id: string;
  at: number;
  method: string;
  path: string;
  status: number | null;
  idempotencyKey: string | null;
  replayed: boolean;
  accountId: string;
}

export type FaultAction =
  | 'delay'
  | 'hold_after'
  | 'hold_before'
  | 'lock_timeout'
  | 'rate_limit'
  | 'reset_after'
  | 'reset_before'
  | 'status'
  | 'truncate';

export interface Fault {
  method: string;
  /** A prefix, or a pattern with `*`. */
  path: string;
  /** How many requests it meets; 1 unless told otherwise. */
  times?: number;
  action: FaultAction;
  /** The answer's status for `status`. */
  status?: number;
  /** For `delay`, in milliseconds of real time. */
  delayMs?: number;
  /** Sends `Stripe-Should-Retry` with the answer. */
  shouldRetry?: boolean;
}

/** What the bank says to the next charges, whatever the card says: `approve`, `challenge`, or a decline. */
export interface BankAnswer {
  outcome: string;
  /** How many charges; 1 unless told otherwise. */
  times?: number;
  advice_code?: string;
  network_advice_code?: string;
  /** Whose charges; everybody's unless told otherwise. */
  customer?: string;
  payment_method?: string;
}

export interface PlantedFault {
  id: string;
  /** Lets the held answer go. */
  release(): Promise<void>;
}

/** One sending of an event to an endpoint, and what came of it. */
export interface SandboxDelivery {
  id: number;
  eventId: string;
  type: string;
  state: 'pending' | 'delivered' | 'failed' | 'dropped';
  attempts: number;
}

/** How many of these there are in each state, of how many events, and how often one was sent. */
export type DeliveryCounts = Record<SandboxDelivery['state'] | 'events' | 'tries', number>;

/** The sandbox's own control interface, which the real Stripe has no counterpart of. */
export interface SandboxControl {
  requests(filter?: { method?: string; path?: string }): Promise<SandboxRequest[]>;
  /** The newest of them, 1,000 unless told otherwise; 20,000 at most. */
  objects(type: string, limit?: number): Promise<Record<string, unknown>[]>;
  fault(fault: Fault): Promise<PlantedFault>;
  clearFaults(): Promise<void>;
  bank(answer: BankAnswer): Promise<void>;
  pauseWebhooks(paused: boolean): Promise<void>;
  deliverWebhooks(): Promise<void>;
  /** The newest of them, 20,000 at most. */
  deliveries(state: SandboxDelivery['state']): Promise<SandboxDelivery[]>;
  countDeliveries(): Promise<DeliveryCounts>;
  /** Sends one now, whatever its state. */
  deliver(delivery: Pick<SandboxDelivery, 'id'>): Promise<void>;
  /** From now on answers fail, and deliveries are lost or doubled, with these probabilities. */
  startChaos(
    seed: number,
    chaos: {
      faults?: (Omit<Fault, 'times'> & { probability: number })[];
      webhooks?: { drop?: number; double?: number; shuffle?: boolean };
    },
  ): Promise<void>;
  endChaos(): Promise<void>;
  advanceClock(seconds: number): Promise<void>;
  /** Whose rate limits it keeps from now on. */
  limits(limits: { rates: 'off' | 'test' | 'live' }): Promise<void>;
  /** The card's owner disputes a charge, or their bank only asks about it. */
  dispute(chargeId: string, dispute?: { reason?: string; inquiry?: boolean }): Promise<void>;
  /** The bank decides. */
  closeDispute(disputeId: string, status: 'won' | 'lost' | 'warning_closed'): Promise<void>;
}

/** @param url the sandbox's origin */
export function sandboxControl(url: string): SandboxControl {
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${url}/_sandbox/${path}`, {
      method,
      ...(body && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${method} /_sandbox/${path}: ${String(answer.status)} ${text}`);
    }
    return text === '' ? null : JSON.parse(text);
  };
  const post = async (path: string, body: object): Promise<void> => {
    await call('POST', path, body);
  };
  return {
    requests: async (filter = {}) =>
      rows<SandboxRequest>(await call('GET', `requests?${new URLSearchParams(filter).toString()}`)),
    objects: async (type, limit = 1_000) =>
      rows<{ object: Record<string, unknown> }>(
        await call('GET', `objects/${type}?limit=${String(limit)}`),
      ).map((row) => row.object),
    async fault(fault) {
      const { id } = (await call('POST', 'faults', { times: 1, ...fault })) as { id: string };
      return { id, release: () => post(`faults/${id}/release`, {}) };
    },
    clearFaults: async () => {
      await call('DELETE', 'faults');
    },
    bank: (answer) => post('bank', answer),
    pauseWebhooks: (paused) => post('webhooks', { paused }),
    deliverWebhooks: () => post('webhooks/deliver', {}),
    deliveries: async (state) =>
      rows<SandboxDelivery>(await call('GET', `deliveries?state=${state}&limit=20000`)),
    countDeliveries: async () => (await call('GET', 'deliveries/counts')) as DeliveryCounts,
    deliver: ({ id }) => post(`deliveries/${String(id)}/deliver`, {}),
    startChaos: (seed, chaos) => post('chaos', { seed, ...chaos }),
    endChaos: async () => {
      await call('DELETE', 'chaos');
    },
    advanceClock: (seconds) => post('clock', { advanceSeconds: seconds }),
    limits: (limits) => post('limits', limits),
    dispute: (chargeId, dispute = {}) => post(`charges/${chargeId}/dispute`, dispute),
    closeDispute: (disputeId, status) => post(`disputes/${disputeId}/close`, { status }),
  };
}

/** Lists come bare or in Stripe's envelope. */
function rows<Row>(answer: unknown): Row[] {
  const list = Array.isArray(answer) ? answer : (answer as { data?: unknown } | null)?.data;
  if (!Array.isArray(list)) throw new Error('The sandbox answered without a list.');
  return list as Row[];
}
