import { PostgresDialect } from 'kysely';
import pg from 'pg';

const int8 = 20;

/** 64-bit integers as numbers: amounts and instants stay far below 2^53. */
const types = new pg.TypeOverrides();
types.setTypeParser(int8, Number);

/**
 * PostgreSQL with 64-bit integers read as numbers.
 * @param url `postgres://…`
 */
export function postgresDialect(url: string): PostgresDialect {
  const pool = new pg.Pool({ connectionString: url, max: 10, types });
  // Without a listener, a connection that the server closes while idle would end the process; the
  // next query opens a new one or fails where somebody can see it.
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });
}
