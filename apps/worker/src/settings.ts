import { parseSettings, SettingsError } from '@onfile/payments/settings.ts';
import type { Settings } from '@onfile/payments/settings.ts';

/** Reads the environment; a mistake is printed as sentences and ends the process with code 1. */
export function readSettings(): Settings {
  try {
    return parseSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
