import { currentStanding } from '@onfile/payments/environment/guard.ts';
import { Refusal } from '@onfile/payments/refusal.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { initTRPC, TRPCError } from '@trpc/server';
import type { AdminContext, RequestFacts, StorefrontContext } from './context.ts';
import type { ShownRefusal } from './refusal-codes.ts';
import { refusalOf, refusals } from './refusal-codes.ts';
import { m } from '@onfile/messages/messages.js';

interface Base {
  runtime: Runtime;
  request: RequestFacts;
}

/** What the browser gets of an error: the refusal, or the id of a fault; never a stack. */
interface ShownError {
  refusal: ShownRefusal | null;
  faultId: string | null;
}

/** @param anywhere mutations that are allowed also on a database of another environment */
function build<Context extends Base>(anywhere: string[]) {
  const t = initTRPC.context<Context>().create({
    isDev: false,
    errorFormatter({ shape, error, ctx }) {
      const refusal = refusalOf(error);
      const isFault = !refusal && error.code === 'INTERNAL_SERVER_ERROR';
      const faultId = isFault ? (ctx?.request.requestId ?? null) : null;
      const data: typeof shape.data & ShownError = { ...shape.data, refusal, faultId };
      const message =
        refusal?.sentence ?? (isFault ? m.refusal_fault({ id: faultId ?? '' }) : shape.message);
      return { ...shape, message, data };
    },
  });
  /** Gives a refusal its tRPC code, and logs a fault once with its cause and the request's id. */
  const worded = t.procedure.use(async ({ ctx, path, next }) => {
    const result = await next();
    if (result.ok) return result;
    const { cause } = result.error;
    if (cause instanceof Refusal) {
      throw new TRPCError({ code: refusals[cause.code].trpc, message: cause.code, cause });
    }
    if (result.error.code === 'INTERNAL_SERVER_ERROR') {
      ctx.runtime.log.error({ requestId: ctx.request.requestId, path, err: cause }, 'fault');
    }
    return result;
  });
  /** On a copy of another shop's database everything can be looked at and nothing changed. */
  const base = worded.use(async ({ ctx, path, type, next }) => {
    if (type === 'mutation' && !anywhere.includes(path)) {
      const { kind } = await currentStanding(ctx.runtime);
      if (kind !== 'own') throw new Refusal('environment_not_own');
    }
    return next();
  });
  return { t, base };
}

export const storefront = build<StorefrontContext>([]);
export const admin = build<AdminContext>(['environment.decide']);
