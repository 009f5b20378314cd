import { describe, expect, it } from 'vitest';
import { groupCommit } from './group-commit.ts';

describe('group commit', () => {
  it('joins what arrives in one turn and answers each only after its commit', async () => {
    const commits: number[][] = [];
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const inbox = groupCommit<number>(async (items) => {
      await gate;
      commits.push(items);
    }, 100);
    let answered = 0;
    const writes = [1, 2, 3].map((item) => inbox.add(item).then(() => (answered += 1)));
    await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(0);
    release();
    await Promise.all(writes);
    expect(commits).toEqual([[1, 2, 3]]);
  });

  it('starts the next group while writes arrive during a commit, within its bound', async () => {
    const commits: number[][] = [];
    const inbox = groupCommit<number>((items) => {
      commits.push(items);
      return Promise.resolve();
    }, 2);
    await Promise.all([1, 2, 3, 4, 5].map((item) => inbox.add(item)));
    await inbox.add(6);
    expect(commits).toEqual([[1, 2], [3, 4], [5], [6]]);
  });

  it('fails every write of a group whose commit fails, and goes on', async () => {
    let broken = true;
    const inbox = groupCommit<number>(
      () => (broken ? Promise.reject(new Error('disk full')) : Promise.resolve()),
      10,
    );
    const failed = await Promise.allSettled([inbox.add(1), inbox.add(2)]);
    expect(failed.map((result) => result.status)).toEqual(['rejected', 'rejected']);
    broken = false;
    await expect(inbox.add(3)).resolves.toBeUndefined();
  });
});
