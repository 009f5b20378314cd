import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runOnfile } from './run-onfile.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'onfile-test-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const onfile = (args: string[], piped = '', env: Record<string, string> = {}) =>
  runOnfile(args, { ONFILE_DATA_DIR: dataDir, ...env }, piped);

const ada = ['staff', 'add', '--email', 'ada@example.com', '--name', 'Ada', '--role', 'charger'];

describe('onfile migrate', () => {
  it('brings an empty database to the newest migration, and says when it is there', async () => {
    expect((await onfile(['migrate'])).out).toMatch(/^Ran 0001-/);
    expect(await onfile(['migrate'])).toMatchObject({
      code: 0,
      out: 'The database is at the newest migration.\n',
    });
    expect(JSON.parse((await onfile(['migrate', '--json'])).out)).toEqual({ ok: true, ran: [] });
  });

  it('says in a sentence that it cannot reach the database', async () => {
    const ended = await onfile(['migrate'], '', { DATABASE_URL: 'postgres://127.0.0.1:9/x' });
    expect(ended.code).toBe(1);
    expect(ended.err).toBe(
      'The database that DATABASE_URL names could not be opened (ECONNREFUSED).\n',
    );
  });
});

describe('onfile staff add', () => {
  it('refuses a database that is not migrated', async () => {
    const ended = await onfile(ada, 'a long enough password\n');
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toContain('run "pnpm onfile migrate" first');
  });

  it('takes the password from a pipe, and adds a person once', async () => {
    await onfile(['migrate']);
    expect(await onfile(ada, 'a long enough password\n')).toMatchObject({
      code: 0,
      out: 'Ada (ada@example.com) may now sign in to the admin as charger.\n',
    });
    expect(await onfile(ada, 'a long enough password\n')).toMatchObject({
      code: 1,
      err: 'ada@example.com is in the admin already; nothing was changed.\n',
    });
  });

  it('makes a password and shows it once', async () => {
    await onfile(['migrate']);
    const ended = await onfile([...ada, '--generate-password', '--json']);
    expect(JSON.parse(ended.out)).toMatchObject({
      ok: true,
      role: 'charger',
      password: expect.stringMatching(/^\S{16}$/) as string,
    });
  });

  it('refuses a short password, none, a bad address and an unknown role', async () => {
    await onfile(['migrate']);
    expect((await onfile(ada, 'short\n')).err).toMatch(/at least 10 characters/);
    expect((await onfile(ada)).err).toMatch(/No password was given/);
    const badAddress = ada.map((word) => (word === 'ada@example.com' ? 'ada' : word));
    expect((await onfile(badAddress)).err).toMatch(/--email must be an e-mail address/);
    const king = await onfile([...ada.slice(0, -1), 'king']);
    expect(king.code).toBe(2);
    expect(king.err).toMatch(/Allowed choices are viewer, charger, owner/);
  });
});
