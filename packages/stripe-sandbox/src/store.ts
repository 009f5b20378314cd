import type Database from 'better-sqlite3';
import { createGroupCommit } from './group-commit.ts';
import type { GroupCommit } from './group-commit.ts';
import { accountIdOf } from './ids.ts';
import type { Row, StoredType } from './stored-objects.ts';
import { indexColumns } from './stored-objects.ts';

/** How a list is filtered and paged; `matches` is for what has no column of its own. */
export type PageQuery<T extends StoredType> = {
  customer?: string;
  paymentIntent?: string;
  kinds?: string[];
  created?: { gt?: number; gte?: number; lt?: number; lte?: number };
  after?: string;
  before?: string;
  limit: number;
  matches?: (row: Row<T>) => boolean;
};

/** All that the sandbox remembers. Every call is synchronous: a request is one transaction. */
export type Store = {
  /** A prepared statement, made once per text. */
  sql<Bind extends unknown[], Result>(text: string): Database.Statement<Bind, Result>;
  /** Runs `work` as a whole; a throw undoes it. It is committed with its neighbours: see `committed`. */
  transaction<R>(work: () => R): R;
  committed: GroupCommit['committed'];
  insert<T extends StoredType>(accountId: string, type: T, row: Row<T>): void;
  update<T extends StoredType>(accountId: string, type: T, row: Row<T>): void;
  find<T extends StoredType>(accountId: string, type: T, id: string): Row<T> | undefined;
  /** Newest first, up to `limit`, and whether there are more beyond. */
  page<T extends StoredType>(
    accountId: string,
    type: T,
    query: PageQuery<T>,
  ): { rows: Row<T>[]; hasMore: boolean };
  /** Objects whose time has come, with the key suffix of their account. */
  due(nowSeconds: number): { id: string; type: StoredType; keySuffix: string }[];
  /** The account id of a key pair, remembered on first sight. */
  accountFor(keySuffix: string): string;
  /** The key suffix of the account that owns an object. */
  ownerKeyOf(objectId: string): string | undefined;
  setting(name: string): string | undefined;
  saveSetting(name: string, value: string): void;
  close(): void;
};

type StoredRow = { seq: number; json: string; hidden: string };

function parseRow<T extends StoredType>(stored: StoredRow): Row<T> {
  return {
    object: JSON.parse(stored.json) as Row<T>['object'],
    hidden: JSON.parse(stored.hidden) as Row<T>['hidden'],
  };
}

/** The store over an opened database. */
export function createStore(db: Database.Database): Store {
  const find = db.prepare<[string, string, string], StoredRow>(
    'select seq, json, hidden from objects where id = ? and account = ? and type = ?',
  );
  const insert = db.prepare(
    `insert into objects (id, account, type, created, customer, payment_intent, kind, due_at, deleted, json, hidden)
     values (@id, @account, @type, @created, @customer, @payment_intent, @kind, @due_at, @deleted, @json, @hidden)`,
  );
  const update = db.prepare(
    `update objects set customer = @customer, payment_intent = @payment_intent, kind = @kind, due_at = @due_at,
     deleted = @deleted, json = @json, hidden = @hidden where id = @id and account = @account and type = @type`,
  );
  const due = db.prepare<[number], { id: string; type: StoredType; keySuffix: string }>(
    `select o.id, o.type, a.key_suffix as keySuffix from objects o join accounts a on a.id = o.account
     where o.due_at is not null and o.due_at <= ? order by o.due_at, o.seq limit 500`,
  );
  const columns = <T extends StoredType>(type: T, row: Row<T>) => ({
    ...indexColumns(type, row),
    id: row.object.id,
    type,
    json: JSON.stringify(row.object),
    hidden: JSON.stringify(row.hidden),
  });
  const sql = statementCache(db);
  const group = createGroupCommit(db);
  const whole = db.transaction((work: () => unknown) => work());
  return {
    sql,
    transaction<R>(work: () => R) {
      group.join();
      return whole(work) as R;
    },
    committed: group.committed,
    insert: (account, type, row) => void insert.run({ account, ...columns(type, row) }),
    update: (account, type, row) => void update.run({ account, ...columns(type, row) }),
    find(account, type, id) {
      const stored = find.get(id, account, type);
      return stored === undefined ? undefined : parseRow(stored);
    },
    page: (account, type, query) => readPage(sql, account, type, query),
    due: (nowSeconds) => due.all(nowSeconds),
    ...accountsOf(db),
    ...settingsOf(db),
    close() {
      group.flush();
      db.close();
    },
  };
}

function statementCache(db: Database.Database): Store['sql'] {
  const prepared = new Map<string, Database.Statement>();
  return <Bind extends unknown[], Result>(text: string) => {
    let statement = prepared.get(text);
    if (statement === undefined) {
      statement = db.prepare(text);
      prepared.set(text, statement);
    }
    return statement as Database.Statement<Bind, Result>;
  };
}

function accountsOf(db: Database.Database): Pick<Store, 'accountFor' | 'ownerKeyOf'> {
  const known = new Map<string, string>();
  const remember = db.prepare('insert or ignore into accounts (id, key_suffix) values (?, ?)');
  const owner = db.prepare<[string], { key_suffix: string }>(
    'select a.key_suffix from objects o join accounts a on a.id = o.account where o.id = ?',
  );
  return {
    accountFor(keySuffix) {
      const seen = known.get(keySuffix);
      if (seen !== undefined) return seen;
      const id = accountIdOf(keySuffix);
      remember.run(id, keySuffix);
      known.set(keySuffix, id);
      return id;
    },
    ownerKeyOf: (objectId) => owner.get(objectId)?.key_suffix,
  };
}

function settingsOf(db: Database.Database): Pick<Store, 'setting' | 'saveSetting'> {
  const read = db.prepare<[string], { value: string }>('select value from settings where name = ?');
  const write = db.prepare('insert or replace into settings (name, value) values (?, ?)');
  return {
    setting: (name) => read.get(name)?.value,
    saveSetting: (name, value) => void write.run(name, value),
  };
}

function readPage<T extends StoredType>(
  sql: Store['sql'],
  account: string,
  type: T,
  query: PageQuery<T>,
): { rows: Row<T>[]; hasMore: boolean } {
  const where = ['account = ?', 'type = ?', 'deleted = 0'];
  const values: (string | number)[] = [account, type];
  const add = (condition: string, value: string | number | undefined): void => {
    if (value === undefined) return;
    where.push(condition);
    values.push(value);
  };
  const addCursor = (side: '<' | '>', id: string | undefined): void => {
    if (id === undefined) return;
    where.push(`seq ${side} (select seq from objects where id = ? and account = ?)`);
    values.push(id, account);
  };
  add('customer = ?', query.customer);
  add('payment_intent = ?', query.paymentIntent);
  add('created > ?', query.created?.gt);
  add('created >= ?', query.created?.gte);
  add('created < ?', query.created?.lt);
  add('created <= ?', query.created?.lte);
  addCursor('<', query.after);
  addCursor('>', query.before);
  if (query.kinds !== undefined) {
    // `checkout.session.*` becomes a GLOB; a name without a star stays an exact match.
    where.push(`(${query.kinds.map(() => 'kind glob ?').join(' or ')})`);
    values.push(...query.kinds);
  }
  const order = query.before === undefined ? 'desc' : 'asc';
  const statement = sql<typeof values, StoredRow>(
    `select seq, json, hidden from objects where ${where.join(' and ')} order by seq ${order}`,
  );
  const rows: Row<T>[] = [];
  let hasMore = false;
  for (const stored of statement.iterate(...values)) {
    const row = parseRow<T>(stored);
    if (query.matches !== undefined && !query.matches(row)) continue;
    if (rows.length === query.limit) {
      hasMore = true;
      break;
    }
    rows.push(row);
  }
  return { rows: query.before === undefined ? rows : rows.reverse(), hasMore };
}
