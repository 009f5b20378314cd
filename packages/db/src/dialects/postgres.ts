import { PostgresDialect } from 'kysely';
import pg from 'pg';

const int8 = 20;

/**
 * PostgreSQL with 64-bit integers read as numbers: amounts and instants stay far below 2^53.
 * @param url `postgres://…`
 */
export function postgresDialect(url: string): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
    } as pg.CustomTypesConfig,
  });
  // Without a listener, a connection that the server closes while idle would end the process; the
  // next query opens a new one or fails where somebody can see it.
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });
}
