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
  // Without listeners, a connection that the server closes would end the process: while it is idle, and
  // between two statements of a transaction, when the pool itself does not listen. The next query opens a
  // new one or fails where somebody can see it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new PostgresDialect({ pool });
}
