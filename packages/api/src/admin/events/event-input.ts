import { z } from 'zod';

/** Stripe's id of an event. */
export const eventId = z.string().regex(/^evt_[A-Za-z0-9_]{1,250}$/);
