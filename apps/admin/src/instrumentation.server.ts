import process from 'node:process';

// Runs before everything else. Nothing of the SDK is loaded unless there is somewhere to send spans.
if (process.env['OTEL_EXPORTER_OTLP_ENDPOINT']) {
  const { startTracing } = await import('@onfile/api/http/start-tracing.ts');
  startTracing('admin');
}
