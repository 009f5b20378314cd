import { sql } from 'kysely';
import type { Db } from '@onfile/db/database.ts';
import { dialectOf } from '@onfile/db/dialects/portable.ts';

/** Faults that the product has on purpose, to see that they are found. */
export const stormPlantNames = [
  'lost-inbox',
  'no-back-fill',
  'forget-lease',
  'skip-handling',
] as const;
export type StormPlantName = (typeof stormPlantNames)[number];

/** The processes are real ones: what is to go wrong in them is a trigger of their database. */
interface Plant {
  table: 'stripe_events' | 'back_fills';
  on: 'insert' | 'update';
  /** Of which rows. */
  when: string;
  /** What becomes of the row instead; null: it is not written, and nobody is told. */
  set: Record<string, string> | null;
}

const plants: Record<StormPlantName, Plant> = {
  // Acknowledged, and then it is not there.
  'lost-inbox': {
    table: 'stripe_events',
    on: 'insert',
    when: "new.came_by is null and substr(new.id, length(new.id)) in ('a', 'b', 'c', 'd', 'e', 'f')",
    set: null,
  },
  // Nobody asks Stripe what was never delivered.
  'no-back-fill': { table: 'back_fills', on: 'insert', when: 'true', set: null },
  // What a worker holds is its own for ever.
  'forget-lease': {
    table: 'stripe_events',
    on: 'update',
    when: 'new.lease_holder is not null',
    set: { leased_until: '9000000000000000' },
  },
  // Ticked off, and nothing was done.
  'skip-handling': {
    table: 'stripe_events',
    on: 'insert',
    when: "new.type in ('refund.created', 'refund.updated', 'charge.refunded')",
    set: { status: "'handled'" },
  },
};

/** Puts the fault into the database that the processes work on. */
export async function plantFault(db: Db, name: StormPlantName): Promise<void> {
  const { table, on, when, set } = plants[name];
  const trigger = `plant_${name.replaceAll('-', '_')}`;
  const changes = Object.entries(set ?? {});
  if (dialectOf(db) === 'sqlite') {
    const assigned = changes.map(([column, value]) => `${column} = ${value}`).join(', ');
    const body = set ? `update ${table} set ${assigned} where id = new.id` : 'select raise(ignore)';
    const moment = set ? 'after' : 'before';
    const made = `create trigger ${trigger} ${moment} ${on} on ${table} when ${when} begin ${body}; end`;
    await sql.raw(made).execute(db);
    return;
  }
  const assigned = changes.map(([column, value]) => `new.${column} := ${value};`).join(' ');
  const body = `begin ${assigned} return ${set ? 'new' : 'null'}; end`;
  await sql
    .raw(`create function ${trigger}() returns trigger language plpgsql as $$ ${body} $$`)
    .execute(db);
  await sql
    .raw(
      `create trigger ${trigger} before ${on} on ${table} for each row when (${when}) execute function ${trigger}()`,
    )
    .execute(db);
}
