import SqliteDatabase from 'better-sqlite3';
import { CompiledQuery, SqliteDialect, SqliteDriver } from 'kysely';
import type { DatabaseConnection, Driver, SqliteDialectConfig } from 'kysely';

/**
 * Kysely's own driver opens with a plain `begin`, which takes the write lock only at the first
 * write: when another process wrote in between, SQLite answers BUSY_SNAPSHOT at once, whatever the
 * busy timeout. Every transaction here writes, so each takes the lock at its start.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new ImmediateSqliteDriver(this.#config);
  }
}

const mostStatements = 500;

/**
 * Keeps prepared statements: Kysely prepares each query anew, which for short ones costs more than
 * running them. The one that was not used for longest goes when there are too many.
 */
function keepStatements(database: SqliteDatabase.Database): SqliteDialectConfig['database'] {
  const statements = new Map<string, SqliteDatabase.Statement>();
  return {
    prepare(sql) {
      const statement = statements.get(sql) ?? database.prepare(sql);
      // A map is in the order in which its keys came.
      statements.delete(sql);
      statements.set(sql, statement);
      const [oldest] = statements.keys();
      if (statements.size > mostStatements && oldest !== undefined) statements.delete(oldest);
      return statement;
    },
    close: () => database.close(),
  };
}

/** How long a writer waits for another process's transaction, in milliseconds. */
const busyTimeoutMs = 10_000;

/**
 * Opens a SQLite file for money: WAL, `synchronous=FULL` (an acknowledged event survives a power
 * cut), foreign keys on.
 * @throws when the file cannot be opened or written
 */
export function sqliteDialect(file: string): SqliteDialect {
  const database = new SqliteDatabase(file, { timeout: busyTimeoutMs });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  return new ImmediateSqliteDialect({ database: keepStatements(database) });
}
