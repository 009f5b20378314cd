/** One generic table for Stripe objects; the columns beside the JSON are what lists filter by. */
const OBJECTS = `
create table if not exists objects (
  seq integer primary key autoincrement,
  id text not null,
  account text not null,
  type text not null,
  created integer not null,
  customer text,
  payment_intent text,
  kind text,
  due_at integer,
  deleted integer not null default 0,
  json text not null,
  hidden text not null,
  unique (id, account)
);
create index if not exists objects_by_type on objects (account, type, seq);
create index if not exists objects_by_customer on objects (account, type, customer, seq) where customer is not null;
create index if not exists objects_by_payment_intent on objects (account, type, payment_intent, seq) where payment_intent is not null;
create index if not exists objects_by_kind on objects (account, type, kind, seq) where kind is not null;
create index if not exists objects_due on objects (due_at) where due_at is not null;
`;

/**
 * What older databases lack, in order; `user_version` counts what a database has. Tables that are new
 * as a whole go into SCHEMA.
 */
export const SCHEMA_CHANGES = [
  `
drop table if exists request_log;
alter table idempotency_keys add column expires_ms integer not null default 0;
update idempotency_keys set expires_ms = created_ms + 86400000;
create index idempotency_keys_by_end on idempotency_keys (expires_ms);
drop index if exists idempotency_keys_by_age;
alter table deliveries add column type text not null default '';
alter table deliveries add column created_ms integer not null default 0;
alter table deliveries add column rank real;
`,
  // An id was once unique among all accounts, and open sessions knew less about themselves.
  `
alter table objects rename to former_objects;
drop index objects_by_type;
drop index objects_by_customer;
drop index objects_by_payment_intent;
drop index objects_by_kind;
drop index objects_due;
${OBJECTS}
insert into objects select * from former_objects;
drop table former_objects;
update objects set hidden = json_insert(hidden,
  '$.pageSecret', json_extract(json, '$.client_secret'), '$.returnUrl', null, '$.recoveryToken', null,
  '$.customerUpdate', json('{"address":false,"name":false}'), '$.payment.usageByType', json('{}'),
  '$.payment.receiptEmail', null, '$.payment.shipping', null,
  '$.payment.statementDescriptor', null, '$.payment.statementDescriptorSuffix', null)
where type = 'checkout.session';
`,
];

export const SCHEMA = `
create table if not exists settings (name text primary key, value text not null) without rowid;
create table if not exists accounts (id text primary key, key_suffix text not null unique) without rowid;
${OBJECTS}create table if not exists idempotency_keys (
  account text not null, key text not null, fingerprint text not null,
  status integer not null, body text not null, request_id text not null, created_ms integer not null,
  primary key (account, key)
) without rowid;
create table if not exists deliveries (
  seq integer primary key autoincrement,
  account text not null, event_id text not null, endpoint_id text not null,
  attempts integer not null default 0, state text not null, next_ms integer, last_status integer
);
create index if not exists deliveries_waiting on deliveries (next_ms) where state = 'pending';
create index if not exists deliveries_by_event on deliveries (event_id);
`;
