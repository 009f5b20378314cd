import { z } from 'zod';

/** How this installation is watched. */
export interface ObservabilitySettings {
  /** Who asks for metrics must bear it; null: apps give none, a worker gives them on loopback. */
  metricsToken: string | null;
  /** Where a worker answers probes; null: nowhere. */
  workerProbes: { port: number; host: string } | null;
  /** An event that has been due for longer counts as a backlog, in seconds. */
  readyBacklogSeconds: number;
}

/** The variables, in the form of the others in `settings.ts`. */
export const observabilityVariables = {
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must have at least 16 characters and no spaces')
    .optional(),
  WORKER_PORT: z.coerce
    .number('must be a port from 1 to 65535, or 0')
    .int('must be a port from 1 to 65535, or 0')
    .min(0)
    .max(65_535)
    .default(3003),
  WORKER_HOST: z.string().trim().min(1).default('127.0.0.1'),
  READY_BACKLOG_SECONDS: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1)
    .max(86_400)
    .default(300),
  // Read by OpenTelemetry itself, before anything of ours runs; here it is only checked.
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be a URL such as http://127.0.0.1:4318' })
    .optional(),
};

type Values = z.infer<z.ZodObject<typeof observabilityVariables>>;

export function observabilityOf(values: Values): ObservabilitySettings {
  return {
    metricsToken: values.METRICS_TOKEN ?? null,
    workerProbes:
      values.WORKER_PORT === 0 ? null : { port: values.WORKER_PORT, host: values.WORKER_HOST },
    readyBacklogSeconds: values.READY_BACKLOG_SECONDS,
  };
}
